// `npm run fuzz`: generated requests against the whole stack on throw-away data, as nobody and as an
// account. Fails on a server error and on any answer that the API's description does not allow.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fuzzApi } from '@manyhands/shared/testing/fuzz/fuzz-api'
import type { ApiDocument } from '@manyhands/shared/testing/fuzz/requests'
import { freePort } from '../local/processes/free-port.ts'
import { guardPath, removeGuardedPath } from '../local/processes/guard.ts'
import { temporaryPlace } from '../local/processes/temporary-place.ts'
import { openDataDirectory } from '../local/stack/data-directory.ts'
import { explainFailure } from '../local/stack/explain-failure.ts'
import { createProgress, seconds } from '../local/stack/progress.ts'
import { createShutdown, exitCodeOfSignal, type Shutdown } from '../local/stack/shutdown.ts'
import { startStack } from '../local/stack/start-stack.ts'
import { testEnvironment } from '../local/testing/test-environment.ts'
import { FUZZ_HELP, type FuzzFlags, parseFuzzFlags } from './fuzz-flags.ts'
import { type Count, Schemathesis, type SchemathesisRun } from './schemathesis.ts'
import { seedData } from './seed-data.ts'

const say = (text: string) => void process.stdout.write(`${text}\n`)
process.stdout.on('error', () => {})

/** Its answer does not end. */
const ENDLESS = ['watchProject']
/** These take the account's own key or the account itself away, and everything after them would be asked
 *  by nobody. `npm test` sends them, too, and makes a new account afterwards. */
const ENDS_THE_ACCOUNT = ['resetApiKey', 'eraseAccount']

try {
  const flags = parseFuzzFlags(process.argv.slice(2))
  if (flags.help) say(FUZZ_HELP)
  else await run(flags)
} catch (error) {
  const { message, exitCode } = explainFailure(error)
  process.stderr.write(`${message}\n`)
  process.exit(exitCode)
}

async function run(flags: FuzzFlags): Promise<void> {
  const began = Date.now()
  const place = temporaryPlace(undefined)
  guardPath(place)
  const shutdown = createShutdown({
    onRequest: (why) => say(`\nStopping (${why}) …`),
    cleanUp: () => removeGuardedPath(place),
    exitCodeOf: exitCodeOfSignal,
  })
  try {
    const { requests, failures } = await fuzz(flags, place, shutdown)
    const isEnough = requests >= flags.requests
    if (!isEnough) say(`\nOnly ${requests} of ${flags.requests} requests were sent.`)
    say(`\n${requests} requests, ${failures} failures (${seconds(began)}, --seed ${flags.seed})`)
    await shutdown.stop(failures === 0 && isEnough ? 0 : 1)
  } catch (error) {
    if (shutdown.isStopping) return
    const { message, exitCode } = explainFailure(error)
    process.stderr.write(`\n${message}\n`)
    await shutdown.stop(exitCode || 1)
  }
}

async function fuzz(flags: FuzzFlags, place: string, shutdown: Shutdown): Promise<Count> {
  // Nothing of the person's own may be reached, and nothing may be too much.
  const limits = { RATE_LIMIT: '10000000', SIGN_IN_LIMIT: '10000000' }
  const temporary = join(place, 'tmp')
  mkdirSync(temporary)
  process.env = { ...testEnvironment(process.env, temporary), ...limits }
  const data = openDataDirectory(join(place, 'data'))
  const port = await freePort()
  const progress = createProgress(say, () => shutdown.isStopping)
  const stack = { port, data: data.root, demo: false, dev: false, help: false }
  const { environment } = await startStack(stack, data, progress)
  const url = `http://127.0.0.1:${port}`
  const logFile = join(data.logs, 'fuzz.log')
  const seeded = await seedData(url, environment, logFile)

  const document: ApiDocument = JSON.parse(await (await fetch(`${url}/api/openapi.json`)).text())
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods))
  const ids = new Set(operations.map(({ operationId }) => operationId))
  const except = (names: string[]) => names.filter((name) => ids.has(name))
  const perOperation = Math.ceil(flags.requests / 2 / (operations.length - ENDLESS.length))
  const shared = { url, pool: seeded.pool, seed: flags.seed, perOperation }
  const runs: SchemathesisRun[] = [
    { ...shared, apiKey: undefined, except: except(ENDLESS) },
    { ...shared, apiKey: seeded.apiKey, except: except([...ENDLESS, ...ENDS_THE_ACCOUNT]) },
  ]

  const send = await chooseGenerator(flags, place, logFile, document)
  const total: Count = { requests: 0, failures: 0 }
  for (const one of runs) {
    say(`\n── ${one.apiKey ? 'as an account' : 'as nobody'} ${'─'.repeat(48)}`)
    say(`   left out: ${one.except.join(', ') || 'nothing'}`)
    const { requests, failures } = await send(one)
    if (shutdown.isStopping) break
    total.requests += requests
    total.failures += failures
  }
  await assertAccountIsThere(url, seeded.apiKey)
  return total
}

async function chooseGenerator(
  { own }: FuzzFlags,
  place: string,
  logFile: string,
  document: ApiDocument,
): Promise<(run: SchemathesisRun) => Promise<Count>> {
  const schemathesis = own ? undefined : await Schemathesis.install(place, logFile)
  if (schemathesis) return (run) => schemathesis.run(run)
  if (!own)
    say(
      '\nschemathesis cannot be installed here (it needs Python 3.10 and PyPI): our own generator',
    )
  return async ({ url, apiKey, ...run }) => {
    const { requests, faults } = await fuzzApi({
      ...run,
      document,
      send: ({ method, path, headers, body }) =>
        fetch(url + path, {
          method,
          headers: { ...headers, ...(apiKey && { authorization: apiKey }) },
          redirect: 'manual',
          signal: AbortSignal.timeout(30_000),
          ...(body !== undefined && { body }),
        }),
    })
    for (const fault of faults) say(`  ✗ ${fault}`)
    return { requests, failures: faults.length }
  }
}

/** Or half of the run was asked by nobody without anyone noticing. */
async function assertAccountIsThere(url: string, apiKey: string): Promise<void> {
  const answer = await fetch(`${url}/api/session`, { headers: { authorization: apiKey } })
  const { user } = JSON.parse(await answer.text())
  if (!user)
    throw new Error('The account lost its key on the way: name the operation in ENDS_THE_ACCOUNT')
}
