// The first thing that runs on a machine which has nothing but Node.js 20 and npm. Plain JavaScript
// without dependencies: it brings the dependencies, and with them the project's own Node.js, on which
// everything else runs.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { InstallError, installDependencies } from './bootstrap/install-dependencies.mjs'
import { launcherChain, watchLaunchers } from './bootstrap/launcher-chain.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const COMMANDS = { start: 'start.ts', test: 'test.ts', cli: 'cli.ts', fuzz: '../fuzz/fuzz.ts' }

const [command = '', ...args] = process.argv.slice(2)
const [major] = process.versions.node.split('.').map(Number)

if (!(command in COMMANDS))
  fail(`Usage: bootstrap.mjs ${Object.keys(COMMANDS).join('|')} [arguments]`)
if (major < 20) fail(`Manyhands needs Node.js 20 or newer; this is ${process.version}.`)

const launchers = launcherChain()
// To ourselves: whoever handles the signal at that moment, the installation or `run`, then stops.
watchLaunchers(launchers, () => process.kill(process.pid, 'SIGTERM'))

try {
  // The output of `cli` is read by programs, so nothing else may appear on stdout.
  const output = command === 'cli' ? process.stderr : process.stdout
  const began = Date.now()
  const installed = await installDependencies(ROOT, output)
  const done = `${installed ? 'installed' : 'up to date'} (${((Date.now() - began) / 1000).toFixed(1)} s)`
  if (installed || command !== 'cli') output.write(`  ✓ dependencies: ${done}\n`)
} catch (error) {
  if (error instanceof InstallError) fail(error.message)
  throw error
}
run(join(ROOT, 'infra/local', COMMANDS[command]))

/** Runs the program on the project's Node.js and ends as it ends. */
function run(program) {
  const bin = join(ROOT, 'node_modules/.bin')
  const child = spawn(join(bin, 'node'), [program, ...args], {
    stdio: 'inherit',
    cwd: whereThePersonIs(),
    env: {
      ...process.env,
      PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
      MANYHANDS_LAUNCHERS: launchers.map(({ pid, identity }) => `${pid}@${identity}`).join(' '),
    },
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => fail(`The project's Node.js does not run here: ${error.message}`))
  child.on('exit', (code, signal) => {
    process.exit(signal ? 128 + constants.signals[signal] : code)
  })
}

/** npm moves to the checkout before it runs a script; a relative `--data` means the person's place. */
function whereThePersonIs() {
  const place = process.env.npm_lifecycle_event ? process.env.INIT_CWD : undefined
  return place && existsSync(place) ? place : process.cwd()
}

function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
