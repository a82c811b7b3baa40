import { PgDialect } from 'drizzle-orm/pg-core'
import { describe, expect, it } from 'vitest'
import { ValidationError } from '../errors/errors.ts'
import { projectListFor } from '../projects/list-shape.ts'
import { taskList } from '../tasks/list-shape.ts'
import { STRANGER } from '../users/policy.ts'
import { parseListQuery } from './list.ts'

const projectList = projectListFor(STRANGER, [])
const dialect = new PgDialect({ casing: 'snake_case' })

function sqlOf(args: Record<string, string>): { sql: string; params: unknown[] } {
  const { where } = parseListQuery(taskList, args, true)
  return where ? dialect.sqlToQuery(where) : { sql: '', params: [] }
}

function orderOf(args: Record<string, string>): string {
  return parseListQuery(taskList, args, true)
    .orderBy.map((part) => dialect.sqlToQuery(part).sql)
    .join(', ')
}

function faultOf(args: Record<string, string>, shape = taskList, isOwner = true): string {
  try {
    parseListQuery(shape, args, isOwner)
  } catch (error) {
    if (error instanceof ValidationError) return error.fault
    throw error
  }
  return 'accepted'
}

describe('the page of a list', () => {
  it.each([
    [{}, 20, 0],
    [{ limit: '5', offset: '10' }, 5, 10],
    [{ limit: '300' }, 100, 0],
    [{ limit: '99999999999999999999' }, 100, 0],
    [{ limit: 'many', offset: 'some' }, 20, 0],
    [{ limit: '0' }, 0, 0],
    [{ last_id: '7', offset: '10' }, 20, 0],
  ])('of %j has %i rows from %i', (args, limit, offset) => {
    expect(parseListQuery(taskList, args as Record<string, string>, true)).toMatchObject({
      limit,
      offset,
    })
  })

  it('is by ascending id, and after last_id always so', () => {
    expect(orderOf({})).toBe('"tasks"."id" asc')
    expect(orderOf({ desc: 'true' })).toBe('"tasks"."id" desc')
    expect(orderOf({ desc: 'true', last_id: '5' })).toBe('"tasks"."id" asc')
  })

  it('has a fixed order among equals', () => {
    expect(orderOf({ orderby: 'priority_0', desc: 'yes' })).toBe(
      '(-"tasks"."priority_0") asc, "tasks"."id" asc',
    )
    expect(orderOf({ orderby: 'fav_user_ids' })).toContain('cardinality')
  })
})

describe('a filter', () => {
  it('takes every group of digits of a project_id', () => {
    expect(sqlOf({ project_id: '[1, 2,3]' }).params).toEqual([1, 2, 3])
    expect(sqlOf({ project_id: 'none' }).sql).toBe('')
  })

  it('takes the beginning of a time as a range', () => {
    expect(sqlOf({ created: '2015-05' })).toMatchObject({
      params: ['2015-05-01T00:00:00Z', '2015-05-01T00:00:00Z', '1 month'],
    })
    expect(sqlOf({ created: '2015-05-03T10:11:12.123456' }).params).toEqual([
      '2015-05-03T10:11:12.123456Z',
      '2015-05-03T10:11:12.123456Z',
      '1 microseconds',
    ])
  })

  it.each([
    ['a::b|c::d', ['{"a":"b"}', 'a', 'b', '{"c":"d"}', 'c', 'd']],
    ['a::1', ['{"a":"1"}', '{"a":1}', 'a', '1']],
    ['{"a": {"b": 1}}', ['{"a": {"b": 1}}']],
    ['plain', ['"plain"', '["plain"]']],
    ['9.5', ['"9.5"', '["9.5"]']],
    ['"95"', ['95']],
    ['true', ['true']],
    ['null', []],
  ])('info=%s looks for %j', (value, params) => {
    expect(sqlOf({ info: value }).params).toEqual(params)
  })

  it.each([
    [{ foo: '1' }, 'unknown-name'],
    [{ orderby: 'foo' }, 'unknown-name'],
    [{ constructor: '1' }, 'unknown-name'],
    [{ id: 'five' }, 'data'],
    [{ limit: '-1' }, 'data'],
    [{ offset: '-1' }, 'data'],
    [{ last_id: 'x' }, 'data'],
    [{ created: 'yesterday' }, 'data'],
    [{ created: '2015-13' }, 'data'],
    [{ desc: 'maybe' }, 'value'],
    [{ info: 'a::b::c' }, 'value'],
    [{ info: '"foo"' }, 'data'],
    [{ fav_user_ids: 'anything' }, 'accepted'],
    [{ n_answers: '99999999999' }, 'data'],
    [{ priority_0: '1e999' }, 'data'],
    [{ callback: 'f' }, 'unknown-name'],
    [{ format: 'json' }, 'unknown-name'],
    [{ _: '1' }, 'accepted'],
  ])('%j is refused for its %s', (args, fault) => {
    expect(faultOf(args as unknown as Record<string, string>)).toBe(fault)
  })

  it('on a field that a stranger may not see is refused as unknown', () => {
    expect(faultOf({ webhook: 'https://x' }, projectList, false)).toBe('unknown-name')
    expect(faultOf({ orderby: 'webhook' }, projectList, false)).toBe('unknown-name')
    expect(faultOf({ secret_key: 'x' }, projectList, true)).toBe('unknown-name')
    expect(faultOf({ webhook: 'https://x' }, projectList, true)).toBe('accepted')
  })
})
