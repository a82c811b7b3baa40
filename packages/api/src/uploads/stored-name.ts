import { randomBytes } from 'node:crypto'

const LONGEST = 80

/** The name that a file is stored under: unique, unguessable and safe in a path and an address, with as
 *  much of the sender's name as that allows, and the ending of its true type. A nameless file (`blob`, as
 *  browsers call the picture of a canvas) is named by the time (rest-api.md section 6). */
export function storedName(sent: string, extension: string, nowMs: number): string {
  const base = sent.slice(sent.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '')
  const plain = base
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[^A-Za-z0-9_-]+/g, '_')
    .slice(0, LONGEST)
    .replace(/^_+|_+$/g, '')
  const readable = plain === '' || plain === 'blob' ? String(Math.floor(nowMs / 1_000)) : plain
  return `${randomBytes(16).toString('hex')}-${readable}.${extension}`
}
