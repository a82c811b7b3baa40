import { randomBytes } from 'node:crypto'

/** Letters that need no escaping in a URL, a configuration file or SQL. */
export function newPassword(): string {
  return randomBytes(18).toString('base64url')
}
