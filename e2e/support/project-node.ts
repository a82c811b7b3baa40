import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** The project's own Node.js: the one that runs the tests may be the machine's, which is older. */
export const NODE = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url))
