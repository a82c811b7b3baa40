import { describe, expect, it } from 'vitest'
import { ROOT } from './checkout.ts'
import { parseStartFlags } from './start-flags.ts'

const parse = (args: string[], env: Record<string, string> = {}) =>
  parseStartFlags(args, env, '/somewhere')

describe('parseStartFlags', () => {
  it('has defaults for everything', () => {
    expect(parse([])).toEqual({
      port: 3000,
      data: `${ROOT}/.data`,
      demo: true,
      dev: false,
      help: false,
    })
  })

  it('takes a relative data directory from where the person is', () => {
    expect(parse(['--data', 'my data']).data).toBe('/somewhere/my data')
    expect(parse(['--data=/elsewhere']).data).toBe('/elsewhere')
  })

  it('leaves out the demo', () => {
    expect(parse(['--no-demo']).demo).toBe(false)
  })

  it('prefers --port to PORT and takes an empty PORT as none', () => {
    expect(parse(['--port', '4000'], { PORT: '5000' }).port).toBe(4000)
    expect(parse([], { PORT: '5000' }).port).toBe(5000)
    expect(parse([], { PORT: '' }).port).toBe(3000)
  })

  it.each(['0', '65536', '3000.5', '-1', 'abc', ''])('names --port when it is "%s"', (port) => {
    expect(() => parse([`--port=${port}`])).toThrow(/^--port must be a whole number/)
  })

  it('names PORT when the variable is bad', () => {
    expect(() => parse([], { PORT: 'abc' })).toThrow(/^PORT must be .*not "abc"/)
  })

  it('tells how to give npm a flag that it kept for itself', () => {
    expect(() => parse(['4000'], { npm_config_port: 'true' })).toThrow(/npm start -- --port/)
  })

  it.each([
    [['--prot', '4000'], /'--prot'/],
    [['4000'], /"4000"/],
    [['--data'], /--data/],
    [['--data='], /--data needs a directory/],
    [['--demo=yes'], /--demo/],
  ])('names what it does not know in %j', (args, message) => {
    expect(() => parse(args)).toThrow(message)
  })
})
