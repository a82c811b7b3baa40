import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { runGuarded } from '../processes/guarded-command.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'

/** The browser for end-to-end tests: one that is there, or Chromium from the system's packages where it
 *  can be installed without asking for a password. */
export async function browserFor(
  say: (line: string) => void,
): Promise<{ path: string } | { missing: string }> {
  const present = await installedBrowser()
  if (present) return { path: present }
  const reason = await installChromium(say)
  const installed = await installedBrowser()
  if (installed) return { path: installed }
  return {
    missing:
      'No browser was found for the end-to-end tests, and none could be installed.\n' +
      'Install one: Debian/Ubuntu `sudo apt-get install chromium`, Fedora `sudo dnf install chromium`, ' +
      'macOS Google Chrome;\nor leave these tests out with `npm test -- --no-browser`.\n' +
      `(Looked for ${NAMES.join(', ')} on PATH; ${reason})`,
  }
}

/** The first on PATH that runs: on some systems the name is a stub that asks for another package. */
async function installedBrowser(): Promise<string | undefined> {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const paths = [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), MAC]
  for (const path of paths) {
    if (existsSync(path) && (await succeeds(path, ['--version']))) return path
  }
  return undefined
}

/** Returns why it did not work, or that it did. */
async function installChromium(say: (line: string) => void): Promise<string> {
  const aptGet = await succeeds('apt-get', ['--version'])
  if (!aptGet) return 'there is no apt-get here'
  const isRoot = process.getuid?.() === 0
  if (!isRoot && !(await succeeds('sudo', ['-n', 'true']))) {
    return 'this user may not install packages'
  }
  say('Installing Chromium with apt-get …')
  const sudo = isRoot ? [] : ['sudo', '-n']
  const apt = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq']
  const update = await succeedsVisibly([...apt, 'update'])
  if (!update) return '`apt-get update` failed'
  const install = [...apt, 'install', '-y', '--no-install-recommends', 'chromium']
  return (await succeedsVisibly(install)) ? 'it was installed' : '`apt-get install chromium` failed'
}

const succeeds = (command: string, args: string[]) => run(command, args, '/dev/null')
const succeedsVisibly = ([command = '', ...args]: string[]) => run(command, args, 'inherit')

async function run(command: string, args: string[], output: string): Promise<boolean> {
  try {
    const { code } = await runGuarded({ name: command, command, args, output })
    return code === 0
  } catch {
    return false // there is no such program
  }
}
