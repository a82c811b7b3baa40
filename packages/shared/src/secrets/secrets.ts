import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'

/** What a key is for: each purpose has its own, so that a signature made for one opens no other. */
export type Purpose =
  | 'anonymous-cookie'
  | 'download-link'
  | 'api-key'
  | 'address-pseudonym'
  | 'list-cursor'
  | 'mailed-link'
  | 'personal-data'
  | 'project-pass'
  | 'webhook-secret'
  | 'one-time-code'
  | 'recovery-code'
  | 'second-factor'
  | 'passkey-handle'
  | 'oidc-request'

/** Signing and sealing with keys derived from the server's one secret (HKDF, RFC 5869). */
export class Secrets {
  readonly #master: string
  readonly #keys = new Map<Purpose, Buffer>()

  constructor(master: string) {
    this.#master = master
  }

  /** 256-bit HMAC of `text`, base64url. */
  sign(purpose: Purpose, text: string): string {
    return createHmac('sha256', this.#key(purpose)).update(text).digest('base64url')
  }

  isSignedBy(purpose: Purpose, text: string, signature: string): boolean {
    const expected = Buffer.from(this.sign(purpose, text))
    const given = Buffer.from(signature)
    return expected.length === given.length && timingSafeEqual(expected, given)
  }

  /** AES-256-GCM: nonce, tag and ciphertext, base64url. */
  seal(purpose: Purpose, text: string): string {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', this.#key(purpose), nonce)
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
  }

  /** Throws when the text was sealed with another secret or changed since. */
  unseal(purpose: Purpose, sealed: string): string {
    const bytes = Buffer.from(sealed, 'base64url')
    const decipher = createDecipheriv('aes-256-gcm', this.#key(purpose), bytes.subarray(0, 12))
    decipher.setAuthTag(bytes.subarray(12, 28))
    return decipher.update(bytes.subarray(28), undefined, 'utf8') + decipher.final('utf8')
  }

  #key(purpose: Purpose): Buffer {
    const known = this.#keys.get(purpose)
    if (known) return known
    const key = Buffer.from(hkdfSync('sha256', this.#master, 'manyhands', purpose, 32))
    this.#keys.set(purpose, key)
    return key
  }
}

/** For tokens of 128 random bits and more, which need no salt and no slowness. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** 256 random bits, base64url. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url')
}
