import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { type Config, readConfig } from '../src/config/config.ts'
import { type Context, closeContext, openContext } from '../src/context/context.ts'
import { createLog } from '../src/log/log.ts'
import { AnswerCheck } from './answer-check.ts'
import { Factories } from './factories.ts'
import { createTestDatabase, testEnvironment, withDatabase } from './template-database.ts'

export interface TestPlatform {
  ctx: Context
  config: Config
  make: Factories
  /** The environment of this platform, for processes that a test starts. */
  env: Record<string, string>
}

type Environment = Record<string, string>

/** This file's own database, Redis prefix and storage folder, dropped afterwards. A test fails when it
 *  got an answer from the API that its description does not allow. With `replica: true`
 *  reads go to the streaming replica of the same server. */
export function useTestPlatform(
  options: { replica?: boolean; env?: Environment | (() => Promise<Environment>) } = {},
): TestPlatform {
  const platform = {} as TestPlatform
  const answers = new AnswerCheck()
  let cleanUp = async () => {}

  beforeAll(async () => {
    const own = typeof options.env === 'function' ? await options.env() : (options.env ?? {})
    const database = await createTestDatabase()
    const files = await mkdtemp(join(tmpdir(), 'manyhands-files-'))
    const env: Record<string, string> = {
      DATABASE_URL: withDatabase(testEnvironment('TEST_DATABASE_URL'), database.name),
      REDIS_URL: testEnvironment('TEST_REDIS_URL'),
      REDIS_PREFIX: `t${randomUUID().slice(0, 8)}`,
      STORAGE_URL: pathToFileURL(files).href,
      SECRET: 'only for tests, nothing secret',
      PUBLIC_URL: 'http://localhost:3000',
      LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
      ...(options.replica && {
        DATABASE_REPLICA_URLS: withDatabase(testEnvironment('TEST_REPLICA_URL'), database.name),
      }),
      ...own,
    }
    const config = readConfig(env)
    const ctx = {
      ...openContext(config, createLog('test', config.LOG_LEVEL), 'test'),
      onAnswer: answers.see.bind(answers),
    }
    await waitForRedis(ctx)
    Object.assign(platform, { ctx, config, env, make: new Factories(ctx) })
    cleanUp = async () => {
      await closeContext(ctx)
      await database.drop()
      await rm(files, { recursive: true, force: true })
    }
  })
  afterEach(() => answers.report())
  afterAll(async () => {
    await cleanUp()
    answers.report()
  })
  return platform
}

async function waitForRedis(ctx: Context): Promise<void> {
  if (ctx.redis.status === 'ready') return
  await new Promise<void>((resolve) => ctx.redis.once('ready', () => resolve()))
}
