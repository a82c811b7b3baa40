import { fileURLToPath } from 'node:url'

/** The root of this checkout. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '')

/** The folder of the tools that the checkout brings, the project's Node.js among them. */
export const BIN = `${ROOT}/node_modules/.bin`
