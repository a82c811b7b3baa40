#!/usr/bin/env node
// Administration from the command line. `npm run cli -- …` starts it with the environment of the stack
// that runs on this machine; anywhere else the environment is given (shared/config/config.ts).
import { runCli } from './commands/run-cli.ts'

process.exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
})
// Everything is closed by now. What still hangs, such as a look at a disk that does not answer, must not
// keep the command from ending.
setTimeout(() => process.exit(), 500).unref()
