import { describe, expect, it } from 'vitest'
import { COMMANDS } from './commands.ts'
import { runCli } from './run-cli.ts'

/** Runs a command line that must not get as far as a connection. */
async function type(line: string) {
  let out = ''
  let err = ''
  const code = await runCli(line.split(' ').filter(Boolean), {
    env: {},
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
  })
  return { code, out, err }
}

describe('a command line', () => {
  it.each([
    ['frob', "Unknown command 'frob'"],
    ['user frob', "Unknown command 'user frob'. There are: user create, user set-admin"],
    ['user', "Unknown command 'user'. There are: user create, user set-admin"],
    ['migrate --fast', "Unknown option '--fast'"],
    ['migrate now', "Unexpected argument 'now'"],
    ['user create --name', "Option '--name <value>' argument missing"],
    ['user set-admin', 'NAME: is missing'],
    ['user set-admin a b', "Unexpected argument 'b'"],
    ['jobs run tidy-up', 'NAME: there are: '],
    ['demo --crowd many', '--crowd: must be a number'],
    ['demo --crowd 0', '--crowd: must be 1 or more'],
    ['demo --crowd 2 --error 2', '--error: must be between 0 and 1'],
    ['demo --error 0.2', '--error: is for a crowd'],
  ])('%s: says what is wrong with it and exits 2', async (line, message) => {
    const { code, out, err } = await type(line)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(message)
    expect(err.trim().split('\n')).toHaveLength(1)
  })

  it('names every bad value of an account together', async () => {
    const { code, err } = await type('user create --name ab --email nobody --password short')
    expect(code).toBe(2)
    expect(err.trim().split('\n')).toEqual([
      '--name: must have 3 characters or more',
      '--email: must be an e-mail address',
      '--password: must have 8 characters or more',
    ])
  })
})

describe('help', () => {
  it.each(['', '--help', '-h', 'help'])('"%s" lists every command', async (line) => {
    const { code, out } = await type(line)
    expect(code).toBe(0)
    for (const { name } of COMMANDS) expect(out).toContain(name)
  })

  it.each(COMMANDS.map(({ name }) => name))('%s --help lists its options', async (name) => {
    const { code, out } = await type(`${name} --help`)
    expect(code).toBe(0)
    for (const option of Object.keys(COMMANDS.find((c) => c.name === name)?.options ?? {})) {
      expect(out).toContain(`--${option}`)
    }
    expect(out).toContain('--json')
  })
})

describe('needs', () => {
  it.each([
    ['migrate', false],
    ['user create --name alice --email a@example.org --password 12345678', false],
    ['demo --crowd 5', false],
    ['doctor', true],
  ])('%s: Redis %s', async (line, redis) => {
    expect(await type(`needs ${line}`)).toEqual({
      code: 0,
      out: `${JSON.stringify({ redis })}\n`,
      err: '',
    })
  })

  it.each(['frob', 'migrate --help', 'user create', 'demo --crowd x'])(
    'nothing for "%s", which will do nothing',
    async (line) => {
      expect(await type(`needs ${line}`)).toMatchObject({ code: 2, out: '' })
    },
  )
})
