import { Environment } from '@manyhands/shared/config/config'
import { LAUNCHERS, launchersWith } from '../processes/launchers.ts'
import { identifyProcess } from '../processes/process-identity.mjs'
import { BIN } from '../stack/checkout.ts'

/** What tests run with: the person's environment without anything that could lead them to a database, a
 *  Redis or a port that is in real use. What a killed test leaves in `temporary` goes with it. */
export function testEnvironment(person: NodeJS.ProcessEnv, temporary: string): NodeJS.ProcessEnv {
  const ours = new Set([...Object.keys(Environment.shape), 'SMTP_URL'])
  const inherited = Object.entries(person).filter(
    ([name]) => !ours.has(name) && !/^(npm_|pnpm_|TEST_|E2E_|INIT_CWD$)/i.test(name),
  )
  const self = { pid: process.pid, identity: identifyProcess(process.pid) ?? '' }
  return {
    ...Object.fromEntries(inherited),
    TMPDIR: temporary,
    PATH: `${BIN}:${person.PATH ?? ''}`,
    // A stack that a test starts ends with this run, even when the test runner is killed.
    [LAUNCHERS]: launchersWith(self),
  }
}
