import { parseArgs } from 'node:util'
import { UsageError } from '../stack/usage-error.ts'

export const STAGES = ['lint', 'types', 'unit', 'integration', 'plans', 'clients', 'e2e'] as const
export type StageName = (typeof STAGES)[number]

export interface TestFlags {
  /** What runs, in this order. */
  stages: StageName[]
  /** True when end-to-end tests would run but for `--no-browser`. */
  leftOutBrowser: boolean
  /** Only test files whose path holds one of these. */
  patterns: string[]
  help: boolean
}

export const TEST_HELP = `npm test -- [flags] [PATTERN …]

  --no-browser   leave out the end-to-end tests
  --only STAGE   one of ${STAGES.join(', ')}; may be given again
  PATTERN        only test files whose path holds it; then lint, types and clients are left out`

/** Throws UsageError. */
export function parseTestFlags(args: readonly string[]): TestFlags {
  const { values, positionals } = parse(args)
  const only = values.only ?? []
  const unknown = only.find((name) => !STAGES.includes(name as StageName))
  if (unknown !== undefined) {
    throw new UsageError(`--only must be one of ${STAGES.join(', ')}, not "${unknown}"`)
  }
  const wanted = STAGES.filter((name) => {
    if (only.length > 0) return only.includes(name)
    return positionals.length === 0 || !['lint', 'types', 'clients'].includes(name)
  })
  const browser = values.browser ?? true
  return {
    stages: browser ? wanted : wanted.filter((name) => name !== 'e2e'),
    leftOutBrowser: !browser && wanted.includes('e2e'),
    patterns: positionals,
    help: values.help ?? false,
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      allowNegative: true,
      options: {
        browser: { type: 'boolean' },
        only: { type: 'string', multiple: true },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new UsageError(String((error as Error).message).split('. To specify')[0])
  }
}
