import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@manyhands/infra/local/processes/free-port'
import { type GuardedProcess, spawnGuarded } from '@manyhands/infra/local/processes/guarded-process'
import { STOP_ORDER, stopInOrder } from '@manyhands/infra/local/processes/stop-in-order'
import { findRedis } from '@manyhands/infra/local/redis/find-redis'
import { redisCache } from '@manyhands/infra/local/redis/redis-cache'
import { type RedisServer, startRedis } from '@manyhands/infra/local/redis/start-redis'
import { connectRedis } from '@manyhands/shared/cache/redis'
import { createLog } from '@manyhands/shared/log/log'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { Redis } from 'ioredis'
import { afterAll, expect, it, vi } from 'vitest'
import { createApp } from '../app.ts'

const PASSWORD = 'only-for-this-test'
let master: RedisServer
let replica: RedisServer
let sentinel: GuardedProcess

const platform = useTestPlatform({
  env: async () => {
    master = await startRedis({ password: PASSWORD })
    replica = await startRedis({ password: PASSWORD })
    await follow(replica, master)
    const port = await startSentinel(master.port)
    return { REDIS_URL: '', REDIS_SENTINELS: `127.0.0.1:${port}`, REDIS_PASSWORD: PASSWORD }
  },
})
afterAll(async () => {
  await stopInOrder([sentinel.record])
  await Promise.all([master.dispose(), replica.dispose()])
})

async function follow(follower: RedisServer, leader: RedisServer): Promise<void> {
  const connection = connectRedis(
    {
      REDIS_URL: follower.url,
      REDIS_SENTINELS: [],
      REDIS_SENTINEL_NAME: '',
      REDIS_PASSWORD: undefined,
    },
    'patient',
    createLog('test', 'silent'),
  )
  await connection.config('SET', 'masterauth', PASSWORD)
  await connection.replicaof('127.0.0.1', leader.port)
  await vi.waitFor(
    async () => expect(await connection.info('replication')).toContain('master_link_status:up'),
    {
      timeout: 20_000,
    },
  )
  connection.disconnect()
}

async function startSentinel(masterPort: number): Promise<number> {
  const program = await findRedis(redisCache())
  const port = await freePort()
  const folder = await mkdtemp(join(tmpdir(), 'manyhands-sentinel-'))
  const file = join(folder, 'sentinel.conf')
  await writeFile(
    file,
    `port ${port}
bind 127.0.0.1
dir "${folder}"
sentinel monitor manyhands 127.0.0.1 ${masterPort} 1
sentinel auth-pass manyhands ${PASSWORD}
sentinel down-after-milliseconds manyhands 1000
sentinel failover-timeout manyhands 5000
`,
  )
  sentinel = await spawnGuarded({
    name: 'Sentinel',
    command: program.command,
    args: [file, '--sentinel'],
    cwd: folder,
    env: { PATH: process.env.PATH, ...program.env },
    output: join(folder, 'sentinel.log'),
    stopOrder: STOP_ORDER.redis,
    graceMs: 2_000,
  })
  await untilReplicaIsKnown(port)
  return port
}

/** It cannot promote whom it has not met. */
async function untilReplicaIsKnown(port: number): Promise<void> {
  const connection = new Redis({ host: '127.0.0.1', port })
  connection.on('error', () => {}) // refused until it listens
  await vi.waitFor(
    async () => {
      const replicas = (await connection.call('SENTINEL', 'REPLICAS', 'manyhands')) as string[][]
      const flags = replicas.map((facts) => facts[facts.indexOf('flags') + 1])
      expect(flags).toEqual(['slave'])
    },
    { timeout: 30_000, interval: 100 },
  )
  connection.disconnect()
}

it('goes on with the new master after the old one was killed', async () => {
  const app = createApp(platform.ctx)
  const project = await platform.make.project()
  await platform.make.tasks(3, { project, redundancy: 1 })
  const volunteer = new ApiClient((request) => app.fetch(request))
  await volunteer.get('/api/session')
  const answerNext = async () => {
    const task = (await volunteer.get(`/api/project/${project.id}/newtask`)).body
    return volunteer.post('/api/taskrun', { project_id: project.id, task_id: task.id, info: 'owl' })
  }
  expect((await answerNext()).status).toBe(200)

  await master.kill()
  // Nobody is refused while there is no master …
  expect((await answerNext()).status).toBe(200)
  // … and a lease is kept again once there is one.
  await vi.waitFor(
    async () => {
      await platform.ctx.redis.set('written', 'after')
      expect(await platform.ctx.redis.get('written')).toBe('after')
    },
    { timeout: 50_000, interval: 200 },
  )
  expect((await answerNext()).status).toBe(200)
  expect((await volunteer.get(`/api/project/${project.id}/newtask`)).body).toEqual({})
})
