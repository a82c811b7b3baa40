import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where an unpacked Redis is kept: in the checkout, for all data directories and for the tests, or in the
 *  person's cache when the checkout is not theirs to write. */
export function redisCache(): string {
  const own = fileURLToPath(new URL('../../../.data/bin', import.meta.url))
  if (existsSync(join(own, 'redis')) || canMake(own)) return join(own, 'redis')
  return join(homedir(), '.cache/manyhands/redis')
}

function canMake(directory: string): boolean {
  try {
    mkdirSync(directory, { recursive: true })
    accessSync(directory, constants.W_OK)
    return true
  } catch {
    return false
  }
}
