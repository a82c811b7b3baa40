import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runGuarded } from '../processes/guarded-command.ts'
import { BIN, ROOT } from '../stack/checkout.ts'
import { type Run, VITEST_CONFIG } from './stages.ts'

/** The coverage of all test stages that ran, added up, as text; undefined when none did. */
export async function coverageSummary({ env, reports }: Run): Promise<string | undefined> {
  const blobs = join(reports, 'blobs')
  if (!existsSync(blobs)) return undefined
  const output = join(reports, 'coverage.txt')
  await runGuarded({
    name: 'coverage',
    command: join(BIN, 'vitest'),
    args: [
      ...['run', '--config', VITEST_CONFIG, `--merge-reports=${blobs}`, '--reporter=dot'],
      ...['--coverage', '--coverage.reporter=text-summary', '--coverage.reportOnFailure'],
      `--coverage.reportsDirectory=${join(reports, 'coverage')}`,
    ],
    cwd: ROOT,
    env: { ...env, NO_COLOR: '1' },
    output,
  })
  const lines = readFileSync(output, 'utf8').split('\n')
  const figures = lines.filter((line) => /^(Statements|Branches|Functions|Lines) +:/.test(line))
  return figures.length > 0
    ? ['Coverage of packages/{api,worker,shared}', ...figures].join('\n')
    : undefined
}
