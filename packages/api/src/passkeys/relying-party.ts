import { isIP } from 'node:net'
import type { Config } from '@manyhands/shared/config/config'

/** This site as authenticators know it. */
export interface RelyingParty {
  /** The host name: a passkey works on it and nowhere else. */
  id: string
  origin: string
  name: string
}

export function relyingParty(config: Config): RelyingParty {
  const { hostname, origin } = new URL(config.PUBLIC_URL)
  return { id: hostname, origin, name: config.BRAND }
}

/** Browsers make no passkeys for a bare address (WebAuthn: the id is a domain). */
export function hasPasskeys(config: Config): boolean {
  const { hostname } = new URL(config.PUBLIC_URL)
  return isIP(hostname.replace(/^\[|\]$/g, '')) === 0
}
