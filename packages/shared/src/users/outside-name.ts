import { randomInt } from 'node:crypto'
import { Register } from './contract.ts'

const LENGTH = 35
const FALLBACK = 'volunteer'
const NUMBERED = 20

/** User names for somebody whose account is made from what another system says of them, the nicest
 *  first: each is one that registering would accept. The last ones are hardly ever taken. */
export function* outsideNames(...hints: (string | undefined)[]): Generator<string> {
  const base = hints.map(toName).find((name) => isName(name)) ?? FALLBACK
  yield base
  for (let at = 2; at <= NUMBERED; at++) yield numbered(base, String(at))
  for (let at = 0; at < NUMBERED; at++) yield numbered(base, String(randomInt(1e6, 1e7)))
}

/** The part of an address before the `@` names people; without an `@` a name cannot pass for one. */
function toName(hint = ''): string {
  const [local = ''] = hint.split('@')
  return local
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, LENGTH)
}

function numbered(base: string, suffix: string): string {
  return `${base.slice(0, LENGTH - suffix.length - 1)}-${suffix}`
}

function isName(text: string): boolean {
  return Register.shape.name.safeParse(text).success
}
