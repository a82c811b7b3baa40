import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

interface Credential {
  id: Buffer
  privateKey: KeyObject
  publicKey: Buffer
  userHandle: string
  counter: number
}

/** What a test may do that an honest browser and authenticator do not. */
export interface Mischief {
  origin?: string
  rpId?: string
  userVerified?: boolean
  /** The count of signatures that is reported instead of the true one. */
  counter?: number
  challenge?: string
}

const USER_PRESENT = 0x01
const USER_VERIFIED = 0x04
const HAS_CREDENTIAL = 0x40

/** An authenticator and its browser in software: makes ES256 keys and signs with them as WebAuthn has
 *  it (https://www.w3.org/TR/webauthn-3/ sections 6.1 and 6.5), so that the server's verification is
 *  the real one. */
export class Authenticator {
  readonly #credentials: Credential[] = []
  readonly #origin: string

  constructor(origin = 'http://localhost:3000') {
    this.#origin = origin
  }

  /** `navigator.credentials.create`, as `startRegistration` of the browser's library answers it. */
  // biome-ignore lint/suspicious/noExplicitAny: options as they come over the wire
  create(options: any, mischief: Mischief = {}) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const { x, y } = publicKey.export({ format: 'jwk' })
    const credential: Credential = {
      id: randomBytes(32),
      privateKey,
      publicKey: coseKey(Buffer.from(x ?? '', 'base64url'), Buffer.from(y ?? '', 'base64url')),
      userHandle: options.user.id,
      counter: 0,
    }
    this.#credentials.push(credential)
    const length = Buffer.alloc(2)
    length.writeUInt16BE(credential.id.length)
    const attested = Buffer.concat([Buffer.alloc(16), length, credential.id, credential.publicKey])
    const authData = Buffer.concat([
      this.#head(mischief.rpId ?? options.rp.id, HAS_CREDENTIAL, 0, mischief),
      attested,
    ])
    const attestationObject = map([
      [text('fmt'), text('none')],
      [text('attStmt'), map([])],
      [text('authData'), bytes(authData)],
    ])
    return envelope(credential.id, {
      clientDataJSON: this.#clientData('webauthn.create', options.challenge, mischief),
      attestationObject: attestationObject.toString('base64url'),
      transports: ['internal'],
    })
  }

  /** `navigator.credentials.get` with a credential that it finds by itself: the latest it made. */
  // biome-ignore lint/suspicious/noExplicitAny: options as they come over the wire
  get(options: any, mischief: Mischief = {}) {
    const credential = this.#credentials.at(-1)
    if (!credential) throw new Error('this authenticator has no passkey')
    credential.counter++
    const counter = mischief.counter ?? credential.counter
    const authData = this.#head(mischief.rpId ?? options.rpId, 0, counter, mischief)
    const clientDataJSON = this.#clientData('webauthn.get', options.challenge, mischief)
    const hash = createHash('sha256').update(Buffer.from(clientDataJSON, 'base64url')).digest()
    const signature = sign('sha256', Buffer.concat([authData, hash]), credential.privateKey)
    return envelope(credential.id, {
      clientDataJSON,
      authenticatorData: authData.toString('base64url'),
      signature: signature.toString('base64url'),
      userHandle: credential.userHandle,
    })
  }

  #head(rpId: string, flags: number, counter: number, mischief: Mischief): Buffer {
    const verified = mischief.userVerified === false ? 0 : USER_VERIFIED
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    return Buffer.concat([
      createHash('sha256').update(rpId).digest(),
      Buffer.of(flags | USER_PRESENT | verified),
      count,
    ])
  }

  #clientData(type: string, challenge: string, mischief: Mischief): string {
    const data = {
      type,
      challenge: mischief.challenge ?? challenge,
      origin: mischief.origin ?? this.#origin,
      crossOrigin: false,
    }
    return Buffer.from(JSON.stringify(data)).toString('base64url')
  }
}

function envelope<T>(id: Buffer, response: T) {
  const name = id.toString('base64url')
  return {
    id: name,
    rawId: name,
    type: 'public-key',
    authenticatorAttachment: 'platform',
    clientExtensionResults: {},
    response,
  }
}

/** An ES256 key in COSE (RFC 9053 section 7.1.1). */
function coseKey(x: Buffer, y: Buffer): Buffer {
  return map([
    [integer(1), integer(2)],
    [integer(3), integer(-7)],
    [integer(-1), integer(1)],
    [integer(-2), bytes(x)],
    [integer(-3), bytes(y)],
  ])
}

/** The little of CBOR (RFC 8949) that is needed here. */
function head(major: number, value: number): Buffer {
  if (value < 24) return Buffer.of((major << 5) | value)
  if (value < 256) return Buffer.of((major << 5) | 24, value)
  return Buffer.of((major << 5) | 25, value >> 8, value & 255)
}
const integer = (value: number) => (value < 0 ? head(1, -1 - value) : head(0, value))
const bytes = (value: Buffer) => Buffer.concat([head(2, value.length), value])
const text = (value: string) => Buffer.concat([head(3, value.length), Buffer.from(value)])
const map = (entries: [Buffer, Buffer][]) =>
  Buffer.concat([head(5, entries.length), ...entries.flat()])
