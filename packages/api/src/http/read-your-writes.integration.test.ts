import { type PostgresServer, startPostgres } from '@manyhands/infra/local/postgres/start-postgres'
import { type ReplicaServer, startReplica } from '@manyhands/infra/local/postgres/start-replica'
import { Database } from '@manyhands/shared/db/database'
import { migrate } from '@manyhands/shared/db/migrate'
import { selectRows } from '@manyhands/shared/db/raw'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createApp } from '../app.ts'

let primary: PostgresServer
let replica: ReplicaServer

// A pair of its own: other files read from the common replica while this one holds it still.
const platform = useTestPlatform({
  env: async () => {
    primary = await startPostgres()
    replica = await startReplica({ of: primary })
    await migrate(primary.url)
    return {
      DATABASE_URL: primary.url,
      DATABASE_REPLICA_URLS: replica.url,
      REPLICA_MAX_LAG_MS: '600000',
    }
  },
})
let app: ReturnType<typeof createApp>
beforeAll(() => {
  app = createApp(platform.ctx)
})
afterAll(async () => {
  await replica.dispose()
  await primary.dispose()
})

const client = (apiKey: string) =>
  new ApiClient((request) => app.fetch(request), { authorization: apiKey })
const usable = () => platform.ctx.db.replicaStates().map((state) => state.usable)
const draft = (name: string) => ({ name, short_name: name, description: 'A project' })

describe('a replica that has stopped replaying', () => {
  it('shows strangers the past and writers their own change', async () => {
    const [writer, stranger] = [
      await platform.make.user(),
      await platform.make.user({ admin: true }),
    ]
    await vi.waitFor(() => expect(usable()).toEqual([true]))
    await client(stranger.apiKey).get('/api/project?all=1')
    await replica.pauseReplay()
    try {
      const created = await client(writer.apiKey).post('/api/project', draft('paused'))
      expect(created.status).toBe(200)

      const mine = await client(writer.apiKey).get('/api/project?short_name=paused')
      expect(mine.body).toHaveLength(1)
      const theirs = await client(stranger.apiKey).get('/api/project?short_name=paused&all=1')
      expect(theirs.body).toEqual([])
    } finally {
      await replica.resumeReplay()
    }
    await vi.waitFor(async () => {
      const later = await client(stranger.apiKey).get('/api/project?short_name=paused&all=1')
      expect(later.body).toHaveLength(1)
    })
  })
})

describe('a replica that is further behind than it may be', () => {
  it('is not read until it has caught up', async () => {
    const guarded = new Database({
      primaryUrl: primary.url,
      replicaUrls: [replica.url],
      maxLagMs: 1_500,
      poolSize: 2,
      pooling: 'session',
      statementTimeoutMs: 10_000,
      applicationName: 'test',
      log: platform.ctx.log,
    })
    onTestFinished(() => guarded.close())
    const isUsable = () => guarded.replicaStates()[0]?.usable
    const inRecovery = () =>
      guarded.read((db) => selectRows<{ at: boolean }>(db, sql`select pg_is_in_recovery() as at`))
    await vi.waitFor(() => expect(isUsable()).toBe(true), { timeout: 20_000 })
    expect(await inRecovery()).toEqual([{ at: true }])

    await replica.pauseReplay()
    try {
      await platform.make.user()
      await vi.waitFor(() => expect(isUsable()).toBe(false), { timeout: 20_000 })
      expect(await inRecovery()).toEqual([{ at: false }])
    } finally {
      await replica.resumeReplay()
    }
    await vi.waitFor(() => expect(isUsable()).toBe(true), { timeout: 20_000 })
  })
})

describe('a replica that has died', () => {
  it('costs nobody a request and is read again when it is back', async () => {
    const { apiKey } = await platform.make.user()
    await client(apiKey).post('/api/project', draft('orphan'))
    await vi.waitFor(() => expect(usable()).toEqual([true]))
    await replica.kill()

    const answers = await Promise.all(
      Array.from({ length: 20 }, () => client(apiKey).get('/api/project?short_name=orphan')),
    )
    expect(answers.map((answer) => [answer.status, answer.body.length])).toEqual(
      Array.from({ length: 20 }, () => [200, 1]),
    )
    await vi.waitFor(() => expect(usable()).toEqual([false]), { timeout: 10_000 })

    await replica.start()
    await vi.waitFor(() => expect(usable()).toEqual([true]), { timeout: 20_000 })
  })
})
