// `npm start`: everything Manyhands needs, on this machine, until Ctrl-C.
import { supervise } from './processes/supervise.ts'
import { type DataDirectory, openDataDirectory } from './stack/data-directory.ts'
import { holdData } from './stack/data-lock.ts'
import { checkEnvironment } from './stack/environment.ts'
import { explainFailure } from './stack/explain-failure.ts'
import { keepLogsSmall } from './stack/keep-logs-small.ts'
import { assertPortFree } from './stack/port-check.ts'
import { createProgress } from './stack/progress.ts'
import { readyBox } from './stack/ready-box.ts'
import { createShutdown, type Shutdown } from './stack/shutdown.ts'
import { forgetStack } from './stack/stack-file.ts'
import { parseStartFlags, START_HELP, type StartFlags } from './stack/start-flags.ts'
import { type Stack, startStack } from './stack/start-stack.ts'
import { watchReplica } from './stack/watch-replica.ts'

const print = (text: string) => void process.stdout.write(`${text}\n`)
process.stdout.on('error', () => {}) // nobody reads any more, as in `npm start | head`

try {
  const flags = parseStartFlags(process.argv.slice(2), process.env, process.cwd())
  if (flags.help) print(START_HELP)
  else await run(flags)
} catch (error) {
  fail(error)
}

async function run(flags: StartFlags): Promise<void> {
  checkEnvironment(process.env, flags.port)
  const data = openDataDirectory(flags.data)
  const lock = await holdData(data, `npm start at http://localhost:${flags.port}`)
  await assertPortFree(flags.port, process.env.HOST || '127.0.0.1')

  const shutdown = createShutdown({
    onRequest: (why) => print(`\nStopping (${why}) …`),
    exitCodeOf: () => 0, // Ctrl-C is how one stops it: no failure
    cleanUp: () => {
      forgetStack(data)
      lock.release()
      print('Stopped.')
    },
  })
  try {
    const progress = createProgress(print, () => shutdown.isStopping)
    const stack = await startStack(flags, data, progress)
    print(readyBox(flags, data, stack))
    lookAfter(stack, data, shutdown)
  } catch (error) {
    await giveUp(error, data, shutdown)
  }
}

/** Restarts what ends by itself, and ends everything when that does not help. */
function lookAfter({ servers, replica }: Stack, data: DataDirectory, shutdown: Shutdown): void {
  const isStopping = () => shutdown.isStopping
  const onLine = (line: string) => print(`  ! ${line}`)
  const lost = (error: unknown) => giveUp(error, data, shutdown)
  for (const server of servers) supervise(server, { isStopping, onLine }).catch(lost)
  keepLogsSmall(servers)
  if (replica) watchReplica(replica, isStopping).catch(lost)
}

async function giveUp(error: unknown, data: DataDirectory, shutdown: Shutdown): Promise<void> {
  if (shutdown.isStopping) return // the failures that stopping brings with it
  const { message, exitCode } = explainFailure(error)
  process.stderr.write(`\n${message}\n\nThe logs are in ${data.logs}. Stopping …\n`)
  await shutdown.stop(exitCode)
}

function fail(error: unknown): never {
  const { message, exitCode } = explainFailure(error)
  process.stderr.write(`${message}\n`)
  process.exit(exitCode)
}
