import type { IncomingMessage } from 'node:http'

/** The client's address: the peer, or with `trustedProxies` balancers in front of us the entry that the
 *  outermost of them added to `X-Forwarded-For`. Entries further left are the client's own claim. */
export function clientAddress(
  incoming: IncomingMessage | undefined,
  trustedProxies: number,
): string {
  const peer = incoming?.socket?.remoteAddress ?? '127.0.0.1'
  const address = trustedProxies > 0 ? forwarded(incoming, trustedProxies) : undefined
  return (address ?? peer).replace(/^::ffff:/, '')
}

function forwarded(
  incoming: IncomingMessage | undefined,
  trustedProxies: number,
): string | undefined {
  const header = incoming?.headers['x-forwarded-for']
  const entries = (Array.isArray(header) ? header.join(',') : (header ?? ''))
    .split(',')
    .map((e) => e.trim())
  return entries.at(-trustedProxies) || undefined
}
