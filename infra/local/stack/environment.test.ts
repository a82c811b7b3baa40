import { describe, expect, it } from 'vitest'
import type { DataDirectory } from './data-directory.ts'
import { checkEnvironment, stackEnvironment } from './environment.ts'

describe('checkEnvironment', () => {
  it('is content with nothing: everything is embedded then', () => {
    expect(() => checkEnvironment({}, 3000)).not.toThrow()
  })

  it('names every bad variable at once', () => {
    const env = { DATABASE_URL: 'mysql://x', REDIS_URL: 'nonsense', LOG_LEVEL: 'loud' }
    expect(() => checkEnvironment(env, 3000)).toThrow(
      /^DATABASE_URL: .*\nREDIS_URL: .*\nLOG_LEVEL: /s,
    )
  })

  it('does not take replicas without a primary', () => {
    const env = { DATABASE_REPLICA_URLS: 'postgres://a/b' }
    expect(() => checkEnvironment(env, 3000)).toThrow(/^DATABASE_REPLICA_URLS: needs DATABASE_URL/)
  })

  it('takes sentinels instead of a Redis', () => {
    expect(() => checkEnvironment({ REDIS_SENTINELS: 'a:1,b:2' }, 3000)).not.toThrow()
    expect(() => checkEnvironment({ REDIS_SENTINELS: 'a' }, 3000)).toThrow(/^REDIS_SENTINELS: /)
  })

  it('takes a bucket instead of the folder, with both of its keys', () => {
    const env = { STORAGE_URL: 's3://bucket/prefix', S3_ACCESS_KEY_ID: 'a' }
    expect(() => checkEnvironment(env, 3000)).toThrow(/^S3_SECRET_ACCESS_KEY: /)
    expect(() => checkEnvironment({ ...env, S3_SECRET_ACCESS_KEY: 'b' }, 3000)).not.toThrow()
  })
})

describe('stackEnvironment', () => {
  it('hands the settings of a bucket on', () => {
    const env = {
      STORAGE_URL: 's3://bucket',
      S3_ENDPOINT: 'http://objects',
      SECRET: 'x'.repeat(16),
    }
    const data = { files: '/data/files' } as DataDirectory
    expect(stackEnvironment(env, data, 3000, {})).toMatchObject(env)
  })
})
