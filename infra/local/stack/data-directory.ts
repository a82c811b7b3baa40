import { randomBytes } from 'node:crypto'
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { newPassword } from '../processes/new-password.ts'
import { UsageError } from './usage-error.ts'

/** Where things lie in the directory of `--data`. */
export interface DataDirectory {
  root: string
  /** Of the stack that runs now: lock, ports, pids, passwords, stack.json. */
  run: string
  logs: string
  files: string
  postgres: string
  redis: string
}

/** Makes the directory when it is missing. Throws UsageError when it cannot be used. */
export function openDataDirectory(root: string): DataDirectory {
  const directory = {
    root,
    run: join(root, 'run'),
    logs: join(root, 'logs'),
    files: join(root, 'files'),
    postgres: join(root, 'postgres'),
    redis: join(root, 'redis'),
  }
  try {
    makeDirectory(root)
    for (const folder of [directory.run, directory.logs, directory.files]) {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    }
    // Once started with sudo, single files belong to root.
    for (const file of filesIn(directory.run, directory.logs)) {
      accessSync(file, constants.R_OK | constants.W_OK)
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new UsageError(
      `The data directory ${root} cannot be written (${code}). ` +
        'Choose another with --data, or run as the user who made it.',
    )
  }
  return directory
}

function filesIn(...folders: string[]): string[] {
  return folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
}

/** Not mkdir's own `recursive`: below /proc and the like that never returns in Node. */
function makeDirectory(path: string): void {
  if (existsSync(path)) return
  makeDirectory(dirname(path))
  mkdirSync(path)
}

/** Signs cookies and download links. Kept for ever: another one would end every session. */
export function keptSecret({ root }: DataDirectory): string {
  return keptValue(join(root, 'secret'), () => randomBytes(32).toString('hex')).value
}

/** The password of an embedded server. `isNew` when the file of an earlier one is lost. */
export function keptPassword({ run }: DataDirectory, server: 'postgres' | 'redis') {
  return keptValue(join(run, `${server}-password`), newPassword)
}

function keptValue(file: string, make: () => string): { value: string; isNew: boolean } {
  if (existsSync(file)) {
    const value = readFileSync(file, 'utf8').trim()
    if (value) return { value, isNew: false }
  }
  const value = make()
  writeFileSync(file, `${value}\n`, { mode: 0o600 })
  return { value, isNew: true }
}
