import {
  ConflictError,
  ForbiddenError,
  ReservedFieldError,
  ValidationError,
} from '@manyhands/shared/errors/errors'
import { ProjectInput } from '@manyhands/shared/projects/contract'
import { TaskInput } from '@manyhands/shared/tasks/contract'
import { describe, expect, it } from 'vitest'
import { parseBody } from './body.ts'

const project = { name: 'Owls', short_name: 'owls', description: 'Count owls' }

describe('a body', () => {
  it('may carry what clients send back from what they read', () => {
    expect(parseBody(ProjectInput, { ...project, link: 'x', links: [], stats: {} })).toEqual(
      project,
    )
  })

  it('may carry a server-owned field that did not change', () => {
    const rules = { unchanged: { owners_ids: [1, 2] } }
    expect(parseBody(ProjectInput, { ...project, owners_ids: [1, 2] }, rules)).toEqual(project)
    expect(() => parseBody(ProjectInput, { ...project, owners_ids: [1, 3] }, rules)).toThrow(
      ForbiddenError,
    )
  })

  it('is refused for a reserved key before anything else', () => {
    expect(() => parseBody(ProjectInput, { id: 1, foo: 2 }, { reserved: ['id'] })).toThrow(
      ReservedFieldError,
    )
  })

  it('names the field that it does not know', () => {
    expect(() => parseBody(ProjectInput, { ...project, colour: 'red' })).toThrow(/colour/)
    try {
      parseBody(ProjectInput, { ...project, colour: 'red' })
    } catch (error) {
      expect(error).toBeInstanceOf(ValidationError)
      expect((error as ValidationError).fault).toBe('unknown-field')
    }
  })

  it.each([
    [{ short_name: 'owls', description: 'x' }, 'name'],
    [{ ...project, name: null }, 'name'],
    [{ ...project, description: '' }, 'description'],
  ])('without a required value is an integrity error: %j', (body, field) => {
    try {
      parseBody(ProjectInput, body)
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(ConflictError)
      expect((error as ConflictError).field).toBe(field)
    }
  })

  it.each([
    [ProjectInput, { ...project, info: 'text' }, 'data'],
    [ProjectInput, { ...project, short_name: 'a/b' }, 'data'],
    [ProjectInput, { ...project, short_name: 'new' }, 'value'],
    [TaskInput, { project_id: '1' }, 'data'],
    [TaskInput, { project_id: 1, n_answers: 0 }, 'data'],
  ])('with a value that does not fit is refused as such', (contract, body, fault) => {
    try {
      parseBody(contract, body)
      expect.unreachable()
    } catch (error) {
      expect((error as ValidationError).fault).toBe(fault)
    }
  })
})
