import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

const enough = {
  DATABASE_URL: 'postgres://app@localhost/app',
  REDIS_URL: 'redis://localhost:6379',
  SECRET: 'sixteen characters',
}

function problemsOf(env: Record<string, string>): string[] {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

describe('the environment', () => {
  it('fills in what is not set', () => {
    expect(readConfig(enough)).toMatchObject({
      PORT: 3000,
      PUBLIC_URL: 'http://localhost:3000',
      DATABASE_REPLICA_URLS: [],
    })
  })

  it('takes an empty value as not set', () => {
    expect(readConfig({ ...enough, PORT: '', DATABASE_REPLICA_URLS: '' }).PORT).toBe(3000)
  })

  it('reads lists', () => {
    const config = readConfig({
      ...enough,
      DATABASE_REPLICA_URLS: 'postgres://a/x, postgres://b/x',
    })
    expect(config.DATABASE_REPLICA_URLS).toEqual(['postgres://a/x', 'postgres://b/x'])
  })

  it('reports every bad variable together, by name', () => {
    expect(problemsOf({ DATABASE_URL: 'mysql://x', PORT: 'eighty', SECRET: 'short' })).toEqual([
      'PORT: must be a number',
      'DATABASE_URL: must be an address that starts with postgres:// or postgresql://',
      'SECRET: must have 16 characters or more',
      'REDIS_URL: is missing (or give REDIS_SENTINELS)',
    ])
  })

  it.each([
    ['PORT', '70000'],
    ['PORT', '1.5'],
    ['REDIS_URL', 'localhost:6379'],
    ['REDIS_SENTINELS', 'nowhere'],
    ['STORAGE_URL', 'ftp://files'],
    ['LOG_LEVEL', 'loud'],
    ['METRICS_PUBLIC', 'perhaps'],
    ['LDAP_USER_FILTER', '(uid=somebody)'],
    ['DATABASE_REPLICA_URLS', 'postgres://a/x,b'],
  ])('names %s for the value %s', (name, value) => {
    expect(
      problemsOf({ ...enough, [name]: value }).map((problem) => problem.split(':')[0]),
    ).toEqual([name])
  })
})
