import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'

/** Addresses that are no host of the public internet (IANA special-purpose registries, RFC 6890). */
const PRIVATE = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  PRIVATE.addSubnet(network, prefix, 'ipv4')
}
/** Of IPv6 only what is given out to hosts (2000::/3), less documentation and the tunnels that carry an
 *  IPv4 address inside. */
const GLOBAL_IPV6 = new BlockList()
GLOBAL_IPV6.addSubnet('2000::', 3, 'ipv6')
const UNUSABLE_IPV6 = new BlockList()
UNUSABLE_IPV6.addSubnet('2001::', 23, 'ipv6')
UNUSABLE_IPV6.addSubnet('2001:db8::', 32, 'ipv6')
UNUSABLE_IPV6.addSubnet('2002::', 16, 'ipv6')
UNUSABLE_IPV6.addSubnet('3fff::', 20, 'ipv6')

/** Whether an IP address can be reached by everybody, and so is none of our own network. */
export function isPublicAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped) return isPublicAddress(mapped)
  if (isIP(address) === 4) return !PRIVATE.check(address, 'ipv4')
  if (isIP(address) !== 6) return false
  return GLOBAL_IPV6.check(address, 'ipv6') && !UNUSABLE_IPV6.check(address, 'ipv6')
}

/** What keeps a request of the server from going to `url`, in words; undefined when nothing does. A name
 *  that nobody knows just now is no reason: whoever sends must look again, since names move. */
export async function refusalOfAddress(
  url: string,
  allowPrivate: boolean,
): Promise<string | undefined> {
  const { protocol, hostname, username, password } = new URL(url)
  if (protocol !== 'http:' && protocol !== 'https:') return 'must start with http:// or https://'
  if (username || password) return 'must not contain a user name or password'
  if (allowPrivate) return undefined
  const host = hostname.replace(/^\[|\]$/g, '')
  const addresses = isIP(host) ? [host] : await resolve(host)
  return addresses.every(isPublicAddress)
    ? undefined
    : 'must not be an address inside a private network'
}

async function resolve(host: string): Promise<string[]> {
  const found = await lookup(host, { all: true }).catch(() => [])
  return found.map(({ address }) => address)
}
