import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ROOT } from './checkout.ts'
import { UsageError } from './usage-error.ts'

export interface StartFlags {
  port: number
  /** Absolute. */
  data: string
  demo: boolean
  dev: boolean
  help: boolean
}

export const START_HELP = `npm start -- [flags]

  --port N     the port of the address, default 3000 (or the variable PORT)
  --data DIR   where everything is kept, default .data in the checkout
  --no-demo    begin without the demo projects
  --dev        start the processes and build the pages again when their sources change

DATABASE_URL, DATABASE_REPLICA_URLS, REDIS_URL or REDIS_SENTINELS, STORAGE_URL and SMTP_URL each replace
what is started otherwise.`

/** Throws UsageError. */
export function parseStartFlags(
  args: readonly string[],
  env: Record<string, string | undefined>,
  cwd: string,
): StartFlags {
  const { values, positionals } = parse(args)
  const swallowed = ['port', 'data', 'demo', 'dev'].find((flag) => `npm_config_${flag}` in env)
  if (swallowed) {
    throw new UsageError(
      `npm took --${swallowed} for itself: write two dashes before it, npm start -- --${swallowed} …`,
    )
  }
  if (positionals.length > 0) {
    throw new UsageError(`What is "${positionals[0]}"? Flags are --port, --data, --no-demo, --dev.`)
  }
  return {
    port: parsePort(values.port, env.PORT),
    data: parseData(values.data, cwd),
    demo: values.demo ?? true,
    dev: values.dev ?? false,
    help: values.help ?? false,
  }
}

export function parseData(value: string | undefined, cwd: string): string {
  if (value === '') throw new UsageError('--data needs a directory')
  return value === undefined ? join(ROOT, '.data') : resolve(cwd, value)
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      allowNegative: true,
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        demo: { type: 'boolean' },
        dev: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    // Node's own message names the flag: "Unknown option '--prot'. …"
    throw new UsageError(String((error as Error).message).split('. To specify')[0])
  }
}

function parsePort(flag: string | undefined, variable: string | undefined): number {
  if (flag !== undefined) return wholePort('--port', flag)
  return variable ? wholePort('PORT', variable) : 3000
}

function wholePort(name: string, text: string): number {
  const port = /^\d+$/.test(text) ? Number(text) : 0
  if (port >= 1 && port <= 65_535) return port
  throw new UsageError(`${name} must be a whole number from 1 to 65535, not "${text}"`)
}
