// Installs with the pinned pnpm when node_modules is missing or belongs to another lockfile.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { withInstallLock } from './install-lock.mjs'

/** The one place where the version of pnpm is pinned; 11 does not run on Node.js 20, 12 does. */
const PNPM = 'pnpm@12.21.0'
const STAMP = 'node_modules/.manyhands-installed'
const NO_REGISTRY =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|error sending request|dns error|fetch failed|META_FETCH_FAIL/i

export class InstallError extends Error {}

/** Brings node_modules up to date with the lockfile and returns true when there was something to do.
 *  `output` hears of it before. Throws InstallError with a message for the person at the keyboard. */
export async function installDependencies(root, output) {
  if (isInstalled(root)) return false
  await withInstallLock(root, output, async () => {
    if (isInstalled(root)) return // the one we waited for has done it
    output.write('  … dependencies: installing (about a minute the first time)\n')
    await pnpmInstall(root)
    writeFileSync(join(root, STAMP), fingerprint(root))
  })
  return true
}

function isInstalled(root) {
  const stamp = join(root, STAMP)
  return (
    existsSync(join(root, 'node_modules/.bin/node')) &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === fingerprint(root)
  )
}

/** Changes when an install could bring something else: lockfile, manifests, platform. */
function fingerprint(root) {
  const hash = createHash('sha256').update(`${PNPM} ${process.platform} ${process.arch}`)
  for (const file of manifests(root))
    hash.update(`\0${file}\0`).update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

function manifests(root) {
  const packages = readdirSync(join(root, 'packages')).map((name) => `packages/${name}`)
  return [
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    ...['.', 'infra', 'e2e', ...packages.sort()].map((folder) => `${folder}/package.json`),
  ].filter((file) => existsSync(join(root, file)))
}

function pnpmInstall(root) {
  return new Promise((resolve, reject) => {
    // Its own process group, so that one signal ends npx, its shell and pnpm together.
    const child = spawn('npx', ['-y', PNPM, 'install', '--frozen-lockfile'], {
      cwd: root,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, CI: 'true', npm_config_confirm_modules_purge: 'false' },
    })
    let said = ''
    const listen = (chunk) => (said = (said + chunk).slice(-20_000))
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    const stop = (signal) => {
      process.kill(-child.pid, signal)
      process.exit(128 + constants.signals[signal])
    }
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    for (const signal of signals) process.once(signal, stop)
    child.on('error', (error) =>
      reject(new InstallError(`npm's npx did not run: ${error.message}`)),
    )
    child.on('close', (code) => {
      for (const signal of signals) process.off(signal, stop)
      code === 0 ? resolve() : reject(new InstallError(explain(said)))
    })
  })
}

function explain(said) {
  const reason = NO_REGISTRY.test(said)
    ? 'the npm registry could not be reached. Check the network, the proxy settings and `npm config get registry`.'
    : `\`npx -y ${PNPM} install --frozen-lockfile\` failed.`
  const tail = said
    .trimEnd()
    .split('\n')
    .slice(-12)
    .map((line) => `    ${line}`)
  return [`The dependencies could not be installed: ${reason}`, 'Its last words:', ...tail].join(
    '\n',
  )
}
