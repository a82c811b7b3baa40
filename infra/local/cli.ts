// `npm run cli -- <command …> [--data DIR]`: gives an administration command the environment it needs,
// from the stack that runs on the data, or from servers started for the command alone. Nothing but the
// command itself writes to stdout.
import { commandEnvironment } from './stack/command-environment.ts'
import { splitDataFlag } from './stack/command-flags.ts'
import { openDataDirectory } from './stack/data-directory.ts'
import { explainFailure } from './stack/explain-failure.ts'
import { createShutdown, exitCodeOfSignal } from './stack/shutdown.ts'
import { runWorkerCli } from './stack/worker-cli.ts'

const say = (text: string) => void process.stderr.write(`${text}\n`)
const shutdown = createShutdown({
  onRequest: () => {},
  cleanUp: () => {},
  exitCodeOf: exitCodeOfSignal,
})

try {
  const { data: directory, command } = splitDataFlag(process.argv.slice(2), process.cwd())
  const data = openDataDirectory(directory)
  const environment = await commandEnvironment(data, command, process.env, say)
  const { code, signal } = await runWorkerCli(command, environment)
  await shutdown.stop(code ?? (signal ? exitCodeOfSignal(signal) : 1))
} catch (error) {
  if (!shutdown.isStopping) {
    const { message, exitCode } = explainFailure(error)
    say(message)
    await shutdown.stop(exitCode)
  }
}
