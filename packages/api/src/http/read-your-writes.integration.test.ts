import { type PostgresServer, startPostgres } from '@manyhands/infra/local/postgres/start-postgres'
import { type ReplicaServer, startReplica } from '@manyhands/infra/local/postgres/start-replica'
import { migrate } from '@manyhands/shared/db/migrate'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
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
