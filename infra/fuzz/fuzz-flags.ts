import { parseArgs } from 'node:util'
import { UsageError } from '../local/stack/usage-error.ts'

export interface FuzzFlags {
  requests: number
  seed: number
  own: boolean
  help: boolean
}

export const FUZZ_HELP = `npm run fuzz -- [flags]

  --requests N   how many requests at least, default 10000
  --seed N       the same requests again
  --own          our own generator instead of schemathesis (it is also taken where PyPI or Python is missing)`

/** Throws UsageError. */
export function parseFuzzFlags(args: readonly string[]): FuzzFlags {
  const { values } = parse(args)
  return {
    requests: whole('requests', values.requests ?? '10000'),
    seed: whole('seed', values.seed ?? String(Date.now() % 1_000_000)),
    own: values.own ?? false,
    help: values.help ?? false,
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        requests: { type: 'string' },
        seed: { type: 'string' },
        own: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new UsageError(String((error as Error).message).split('. To specify')[0])
  }
}

function whole(name: string, text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text))
    throw new UsageError(`--${name} must be a number, not "${text}"`)
  return Number(text)
}
