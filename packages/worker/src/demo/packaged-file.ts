import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

/** The folder of an installed npm package. Its data are read as files: the packages' own code, and what
 *  it depends on, is not needed (pnpm-workspace.yaml leaves it out). */
export function packageFolder(name: string): string {
  return dirname(require.resolve(`${name}/package.json`))
}

export function readPackaged(name: string, path: string): Promise<Buffer> {
  return readFile(join(packageFolder(name), path))
}
