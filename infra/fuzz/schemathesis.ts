import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Pool } from '@manyhands/shared/testing/fuzz/values'
import { runGuarded } from '../local/processes/guarded-command.ts'

const VERSION = '4.32.5'
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
]

export interface SchemathesisRun {
  url: string
  apiKey: string | undefined
  pool: Pool
  seed: number
  perOperation: number
  except: readonly string[]
}

export interface Count {
  requests: number
  failures: number
}

/** schemathesis (https://schemathesis.io) in a virtual environment of its own. */
export class Schemathesis {
  readonly #folder: string

  private constructor(folder: string) {
    this.#folder = folder
  }

  /** Installs it below `folder`. Undefined where there is no Python 3.10 or newer, or no PyPI. */
  static async install(folder: string, logFile: string): Promise<Schemathesis | undefined> {
    const place = join(folder, 'python')
    const python = ['python3', ['-m', 'venv', place]] as const
    const pip = [
      join(place, 'bin/pip'),
      ['install', '--quiet', '--disable-pip-version-check', `schemathesis==${VERSION}`],
    ] as const
    for (const [command, args] of [python, pip]) {
      const exit = await runGuarded({
        ...{ name: 'schemathesis', command, args, cwd: folder, output: logFile },
      }).catch(() => undefined)
      if (exit?.code !== 0) return undefined
    }
    return existsSync(join(place, 'bin/schemathesis')) ? new Schemathesis(folder) : undefined
  }

  /** Prints what it finds. Throws when it could not run at all. */
  async run(run: SchemathesisRun): Promise<Count> {
    const name = run.apiKey ? 'account' : 'anonymous'
    const reports = join(this.#folder, name)
    const config = join(this.#folder, `${name}.toml`)
    writeFileSync(config, configuration(run))
    await runGuarded({
      name: 'schemathesis',
      command: join(this.#folder, 'python/bin/schemathesis'),
      args: [
        ...['--config-file', config, 'run', `${run.url}/api/openapi.json`],
        ...['--phases', 'examples,coverage,fuzzing', '--checks', CHECKS.join(',')],
        ...['--max-examples', String(run.perOperation), '--seed', String(run.seed)],
        ...['--workers', '2', '--request-timeout', '30', '--max-redirects', '0'],
        ...['--continue-on-failure', '--no-shrink', '--suppress-health-check', 'all'],
        ...['--warnings', 'off', '--report', 'json', '--report-dir', reports],
        ...(run.apiKey ? ['--header', `Authorization: ${run.apiKey}`] : []),
        ...run.except.flatMap((id) => ['--exclude-operation-id', id]),
      ],
      cwd: this.#folder,
      output: 'inherit',
    })
    const [report] = globSync('*.json', { cwd: reports })
    if (!report) throw new Error('schemathesis left no report: what it printed says why')
    return countReport(JSON.parse(readFileSync(join(reports, report), 'utf8')))
  }
}

interface Report {
  complete: boolean
  test_cases: { generated: number; with_failures: number; errored: number }
  errors: unknown[]
}

function countReport({ complete, test_cases, errors }: Report): Count {
  // What could not be tested is no success.
  const failures = test_cases.with_failures + errors.length + (complete ? 0 : 1)
  return { requests: test_cases.generated, failures }
}

/** Half of the requests ask for what exists. */
function configuration({ pool }: SchemathesisRun): string {
  const binding = (dictionary: string) => `{ dictionary = "${dictionary}", probability = 0.5 }`
  return [
    '[dictionaries]',
    `ids = { values = ${JSON.stringify(pool.project ?? [])} }`,
    `names = { values = ${JSON.stringify(pool.shortName ?? [])} }`,
    '[parameters]',
    ...['path.id', 'path.taskId', 'body.project_id', 'body.task_id'].map(
      (name) => `"${name}" = ${binding('ids')}`,
    ),
    ...['path.shortName', 'path.name'].map((name) => `"${name}" = ${binding('names')}`),
    '',
  ].join('\n')
}
