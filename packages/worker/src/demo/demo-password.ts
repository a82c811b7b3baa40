import { createHmac } from 'node:crypto'

/** Thirty-two characters that nobody mistakes for one another: five bits each. */
const READABLE = 'abcdefghijkmnpqrstuvwxyz23456789'

/** The password of an account that the demo makes, such as `k7mq-2xwd-p9ra`: sixty bits, from the server's
 *  own secret. It can be shown at every start and is stored nowhere but as a hash. */
export function demoPassword(secret: string, accountName: string): string {
  const bytes = createHmac('sha256', secret)
    .update(`manyhands demo account ${accountName}`)
    .digest()
  const characters = Array.from(bytes.subarray(0, 12), (byte) => READABLE[byte % 32])
  return [0, 4, 8].map((start) => characters.slice(start, start + 4).join('')).join('-')
}
