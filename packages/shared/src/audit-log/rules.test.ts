import { describe, expect, it } from 'vitest'
import { changedAttributes } from './rules.ts'

describe('changedAttributes', () => {
  it('names each changed attribute with before and after', () => {
    expect(changedAttributes({ name: 'a', webhook: null }, { name: 'b', webhook: null })).toEqual([
      { attribute: 'name', oldValue: 'a', newValue: 'b' },
    ])
  })

  it('takes info apart by its first-level keys: new, changed and removed ones', () => {
    const before = { info: { kept: { b: 1, a: [2] }, gone: 'x', changed: 1 } }
    const after = { info: { kept: { a: [2], b: 1 }, changed: 2, added: { deep: true } } }
    expect(changedAttributes(before, after)).toEqual([
      { attribute: 'info.gone', oldValue: 'x', newValue: undefined },
      { attribute: 'info.changed', oldValue: 1, newValue: 2 },
      { attribute: 'info.added', oldValue: undefined, newValue: { deep: true } },
    ])
  })

  it('says that a secret changed, never what it is or was', () => {
    const changes = changedAttributes({ password: 'hash-one' }, { password: 'hash-two' })
    expect(changes.map(({ attribute }) => attribute)).toEqual(['password'])
    expect(JSON.stringify(changes)).not.toContain('hash')
  })

  it('does not mention the time of the change', () => {
    expect(changedAttributes({ updated: 'then' }, { updated: 'now' })).toEqual([])
  })
})
