// `npm start` is a chain of processes: npm, perhaps a shell, this bootstrap, the program. A `kill -9`
// of any of them must end the rest, and nothing but watching tells that one is gone.
import { identifyProcess, parentOf } from '../processes/process-identity.mjs'

const PACKAGE_MANAGER = /(^|[/\s])(npm|npx|pnpm|yarn|bun)(\s|$|-cli|\.c?js)/

/** This process and its ancestors up to the package manager that runs the script, nearest first. Only
 *  this process when no package manager does: a shell or a service manager may go before us. */
export function launcherChain(underNpm = process.env.npm_package_name === 'manyhands') {
  const ancestors = underNpm ? upToPackageManager(ancestorsOf(process.pid)) : []
  return [process.pid, ...ancestors].map((pid) => ({ pid, identity: identifyProcess(pid) }))
}

/** The pids up to and including the package manager; none at all when it is not among them. */
export function upToPackageManager(ancestors) {
  const last = ancestors.findIndex(({ command }) => PACKAGE_MANAGER.test(command))
  return ancestors.slice(0, last + 1).map(({ pid }) => pid)
}

function ancestorsOf(pid) {
  const ancestors = []
  for (let parent = parentOf(pid); parent && parent.pid > 1; parent = parentOf(parent.pid)) {
    ancestors.push(parent)
  }
  return ancestors
}

/** Calls `onGone` once, as soon as one of the others in the chain has disappeared. */
export function watchLaunchers(chain, onGone) {
  const others = chain.filter(({ pid }) => pid !== process.pid)
  if (others.length === 0) return
  const timer = setInterval(
    () => {
      if (others.every(({ pid, identity }) => identifyProcess(pid) === identity)) return
      clearInterval(timer)
      onGone()
    },
    process.platform === 'linux' ? 300 : 2000,
  ) // elsewhere each look starts a `ps`
  timer.unref()
}
