import { captureMail } from '@manyhands/shared/mails/repository'
import { isPassword } from '@manyhands/shared/secrets/passwords'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { findUserByLogin } from '@manyhands/shared/users/repository'
import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { runCli } from './run-cli.ts'

const platform = useTestPlatform()
const ALICE = ['--name', 'alice', '--email', 'alice@example.org', '--password', 'correct horse']

/** Runs a command on this file's platform. `env` replaces variables; undefined takes one away. */
async function type(words: string[], env: Record<string, string | undefined> = {}) {
  const out: string[] = []
  const err: string[] = []
  const code = await runCli(words, {
    env: { ...platform.env, ...env },
    out: (text) => out.push(text),
    err: (text) => err.push(text),
  })
  return { code, out: out.join(''), err: err.join('') }
}

describe('user create', () => {
  it('prints the account, with an API key that is its own, and needs no Redis', async () => {
    const { code, out } = await type(['user', 'create', ...ALICE, '--json'], {
      REDIS_URL: undefined,
    })
    expect(code).toBe(0)
    const printed = JSON.parse(out)
    expect(printed).toEqual({
      id: expect.any(Number),
      name: 'alice',
      email_addr: 'alice@example.org',
      api_key: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    const user = await findUserByLogin(platform.ctx.db.primary, 'alice')
    expect(user).toMatchObject({ id: printed.id, fullname: 'alice', admin: false })
    expect(await isPassword(user?.passwdHash ?? null, 'correct horse')).toBe(true)
  })

  it('names what is taken, and exits 1', async () => {
    const name = await type(['user', 'create', ...ALICE.with(3, 'other@example.org')])
    expect(name).toEqual({ code: 1, out: '', err: 'name: This name is taken\n' })
    const email = await type(['user', 'create', ...ALICE.with(1, 'alicia')])
    expect(email.err).toBe('email_addr: There is an account with this e-mail address\n')
  })

  it('makes an administrator', async () => {
    const words = ['--name', 'root', '--email', 'r@example.org', '--password', 'correct horse']
    await type(['user', 'create', ...words, '--fullname', 'Ruth Root', '--admin'])
    const user = await findUserByLogin(platform.ctx.db.primary, 'root')
    expect(user).toMatchObject({ admin: true, fullname: 'Ruth Root' })
  })
})

describe('user set-admin', () => {
  it('gives the right and takes it again', async () => {
    const on = await type(['user', 'set-admin', 'alice', '--json'])
    expect(JSON.parse(on.out)).toMatchObject({ name: 'alice', admin: true })
    const off = await type(['user', 'set-admin', 'alice@example.org', '--off', '--json'])
    expect(JSON.parse(off.out)).toMatchObject({ name: 'alice', admin: false })
  })

  it('says who is not there', async () => {
    expect(await type(['user', 'set-admin', 'nobody'])).toEqual({
      code: 1,
      out: '',
      err: 'there is no account nobody\n',
    })
  })
})

describe('user set-role', () => {
  it.each(['subadmin', 'pro', 'admin'])('gives %s and takes it again', async (role) => {
    const on = await type(['user', 'set-role', 'alice', '--role', role, '--json'])
    expect(JSON.parse(on.out)).toMatchObject({ name: 'alice', [role]: true })
    const off = await type(['user', 'set-role', 'alice', '--role', role, '--off', '--json'])
    expect(JSON.parse(off.out)).toMatchObject({ name: 'alice', [role]: false })
  })

  it('tells which roles there are', async () => {
    const { code, err } = await type(['user', 'set-role', 'alice', '--role', 'king'])
    expect({ code, err }).toEqual({ code: 2, err: '--role: there are: admin, subadmin, pro\n' })
  })

  it('writes down that the operator did it', async () => {
    await type(['user', 'set-role', 'alice', '--role', 'pro'])
    const rows = await platform.ctx.db.primary.execute(
      sql`select user_name, attribute, new_value from audit_log order by id desc limit 1`,
    )
    expect(rows[0]).toMatchObject({ user_name: 'operator', new_value: 'true' })
    await type(['user', 'set-role', 'alice', '--role', 'pro', '--off'])
  })
})

it('migrate: a database that is up to date stays as it is', async () => {
  const { code, out } = await type(['migrate', '--json'], { REDIS_URL: undefined })
  expect({ code, out }).toEqual({ code: 0, out: '{"applied":0}\n' })
})

it('jobs run: puts the recurring job into its queue', async () => {
  const { code } = await type(['jobs', 'run', 'sweep-exports'])
  expect(code).toBe(0)
  const jobs = await platform.ctx.producer.queues.scheduled.getJobs(['waiting', 'prioritized'])
  expect(jobs.map(({ name }) => name)).toEqual(['sweep-exports'])
})

describe('doctor', () => {
  it('finds nothing wrong here', async () => {
    const { code, out } = await type(['doctor', '--json'])
    expect(JSON.parse(out)).toMatchObject({ ok: true })
    expect(code).toBe(0)
  })

  it('says of each thing that is wrong what to do, and exits 1', async () => {
    const { code, out } = await type(['doctor', '--json'], {
      DATABASE_REPLICA_URLS: platform.env.DATABASE_URL,
      REDIS_URL: 'redis://127.0.0.1:1',
      STORAGE_URL: 'file:///dev/null/files',
    })
    expect(code).toBe(1)
    const { ok, checks } = JSON.parse(out)
    expect(ok).toBe(false)
    expect(checks).toEqual([
      expect.objectContaining({ name: 'PostgreSQL primary', ok: true }),
      {
        name: 'PostgreSQL replica 1',
        ok: false,
        detail: expect.stringContaining('is not a standby'),
        advice: expect.stringContaining('DATABASE_REPLICA_URLS'),
      },
      {
        name: 'Redis',
        ok: false,
        detail: expect.stringContaining('ECONNREFUSED'),
        advice: expect.stringContaining('REDIS_URL'),
      },
      {
        name: 'Storage',
        ok: false,
        detail: expect.stringContaining('ENOTDIR'),
        advice: expect.stringContaining('STORAGE_URL'),
      },
    ])
  })
})

it('a database that does not answer is one clear line', async () => {
  const { code, err } = await type(['user', 'set-admin', 'alice'], {
    DATABASE_URL: 'postgres://127.0.0.1:1/nowhere',
  })
  expect({ code, err }).toEqual({
    code: 1,
    err: 'The database does not answer (ECONNREFUSED). Does it run, and is DATABASE_URL right?\n',
  })
})

describe('mails', () => {
  it('shows what was kept, newest first', async () => {
    for (const subject of ['First', 'Second']) {
      const mail = { recipient: 'alice@example.org', subject, text: 'Hello\n', html: null }
      await captureMail(platform.ctx.db.primary, mail)
    }
    const { code, out } = await type(['mails', '--last', '1'])
    expect(code).toBe(0)
    expect(out).toContain('To: alice@example.org\nSubject: Second\n\nHello')
    expect(out).not.toContain('First')
    expect(JSON.parse((await type(['mails', '--json'])).out).mails).toHaveLength(2)
  })
})
