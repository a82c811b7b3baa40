import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { waitUntil } from '../processes/wait-until.ts'
import { ask } from './ask.ts'
import { type PostgresServer, startPostgres } from './start-postgres.ts'
import { type ReplicaServer, startReplica } from './start-replica.ts'

describe('a primary and its replica', () => {
  let primary: PostgresServer
  let replica: ReplicaServer
  const copies: string[] = []

  beforeAll(async () => {
    primary = await startPostgres({ database: 'trial' })
    await ask(primary.url, (sql) => sql`create table note (text text)`)
    replica = await startReplica({ of: primary, onCopy: (reason) => copies.push(reason) })
  })
  afterAll(async () => {
    await replica.dispose()
    await primary.dispose()
  })

  const write = (text: string) => ask(primary.url, (sql) => sql`insert into note values (${text})`)
  const isOnReplica = (text: string) =>
    ask(replica.url, async (sql) => {
      const rows = await sql`select 1 from note where text = ${text}`
      return rows.length > 0
    })
  const arrives = (text: string) => waitUntil(() => isOnReplica(text), { timeoutMs: 10_000 })

  it('brings a row to the replica, which itself takes none', async () => {
    await write('first')
    expect(await arrives('first')).toBe(true)
    await expect(ask(replica.url, (sql) => sql`insert into note values ('x')`)).rejects.toThrow(
      /read-only/,
    )
  })

  it('shows the replica as it was while replay is paused', async () => {
    await replica.pauseReplay()
    await write('second')
    expect(await isOnReplica('second')).toBe(false)
    await replica.resumeReplay()
    expect(await arrives('second')).toBe(true)
  })

  it('follows again after a crash of either', async () => {
    await replica.kill()
    await primary.kill()
    await primary.start()
    await replica.start()
    await write('third')
    expect(await arrives('third')).toBe(true)
    expect(copies).toEqual(['there is none yet'])
  })

  it('is copied anew when its data are damaged', async () => {
    await replica.stop()
    rmSync(join(replica.directory, 'global/pg_control'))
    await replica.start()
    expect(await isOnReplica('third')).toBe(true)
    expect(copies).toHaveLength(2)
  })

  it('is copied anew when the primary no longer has what it missed', async () => {
    await replica.stop()
    await ask(primary.url, async (sql) => {
      await sql`alter system set wal_keep_size = 0`
      await sql`select pg_reload_conf()`
      for (let round = 0; round < 3; round++) {
        await sql`insert into note select 'much' from generate_series(1, 1000)`
        await sql`select pg_switch_wal()`
        await sql`checkpoint`
      }
    })
    await replica.start()
    await write('fourth')
    expect(await arrives('fourth')).toBe(true)
    expect(copies).toHaveLength(3)
  })

  it('asks everybody for the password', async () => {
    const url = primary.url.replace(primary.password, 'wrong')
    await expect(ask(url, (sql) => sql`select 1`)).rejects.toThrow(/password authentication failed/)
  })
})
