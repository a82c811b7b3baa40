/** The cache tags of whom a request comes from: dropped when a session ends, a key is replaced or the
 *  account changes. */
export function sessionTagOf(tokenHash: Uint8Array): string {
  return `session:${Buffer.from(tokenHash).toString('hex')}`
}

export function apiKeyTagOf(apiKeyHash: Uint8Array): string {
  return `api-key:${Buffer.from(apiKeyHash).toString('hex')}`
}
