import { isUniqueViolation } from '@manyhands/shared/db/failures'
import {
  ConflictError,
  NotFoundError,
  UnauthenticatedError,
  ValidationError,
} from '@manyhands/shared/errors/errors'
import type {
  AddPasskey,
  PasskeyOptions,
  RenamePasskey,
  SignInWithPasskey,
} from '@manyhands/shared/passkeys/contract'
import {
  countPasskeyUse,
  deletePasskey,
  findPasskey,
  insertPasskey,
  listPasskeys,
  renamePasskey as storeName,
} from '@manyhands/shared/passkeys/repository'
import type { PasskeyRow } from '@manyhands/shared/passkeys/table'
import { findUser } from '@manyhands/shared/users/repository'
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type VerifiedAuthenticationResponse,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { ServiceContext } from '../http/env.ts'
import { type OpenedSession, openSession } from '../sessions/open-session.ts'
import { getOwnAccount } from '../sessions/own-account.ts'
import { removeWayIn } from '../sign-in-methods/ways-in.ts'
import { isRefusal, keepChallenge, takeChallenge } from './challenges.ts'
import { relyingParty } from './relying-party.ts'

const MAX_PASSKEYS = 20

/** What the browser asks its authenticator for a new passkey. */
export async function startPasskey(ctx: ServiceContext): Promise<PasskeyOptions> {
  const user = await getOwnAccount(ctx)
  const known = await listPasskeys(ctx.db.primary, user.id)
  assertRoom(known)
  const { id, name } = relyingParty(ctx.config)
  const options = await generateRegistrationOptions({
    rpID: id,
    rpName: name,
    userName: user.name,
    userDisplayName: user.fullname,
    // Says nothing about the account to whoever holds the authenticator.
    userID: new Uint8Array(
      Buffer.from(ctx.secrets.sign('passkey-handle', String(user.id)), 'base64url'),
    ),
    attestationType: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: known.map(({ id, transports }) => ({ id, transports })),
  })
  await keepChallenge(ctx, options.challenge, `add:${user.id}`)
  return { ...options }
}

/** Throws ValidationError for a response that does not prove a new passkey. */
export async function addPasskey(
  ctx: ServiceContext,
  { name, response }: AddPasskey,
): Promise<PasskeyRow> {
  const user = await getOwnAccount(ctx)
  assertRoom(await listPasskeys(ctx.db.primary, user.id))
  const made = await verifyNew(ctx, user.id, response)
  try {
    const row = await insertPasskey(ctx.db.primary, {
      id: made.credential.id,
      userId: user.id,
      name,
      publicKey: made.credential.publicKey,
      counter: made.credential.counter,
      transports: made.credential.transports ?? [],
      backedUp: made.credentialBackedUp,
    })
    await ctx.wrote()
    return row
  } catch (error) {
    if (isUniqueViolation(error, 'passkeys_pkey')) {
      throw new ConflictError('This passkey is there already')
    }
    throw error
  }
}

export async function listOwnPasskeys(ctx: ServiceContext): Promise<PasskeyRow[]> {
  const user = await getOwnAccount(ctx)
  return ctx.read((db) => listPasskeys(db, user.id))
}

export async function renamePasskey(
  ctx: ServiceContext,
  id: string,
  { name }: RenamePasskey,
): Promise<PasskeyRow> {
  const user = await getOwnAccount(ctx)
  const row = await storeName(ctx.db.primary, user.id, id, name)
  if (!row) throw new NotFoundError('passkey', id)
  await ctx.wrote()
  return row
}

/** Throws ConflictError for the account's only way to sign in. */
export async function removePasskey(ctx: ServiceContext, id: string): Promise<void> {
  const user = await getOwnAccount(ctx)
  await removeWayIn(ctx, user.id, { what: 'passkey', id }, (tx) => deletePasskey(tx, user.id, id))
}

/** For any passkey of this site: nobody types a name. */
export async function startPasskeySignIn(ctx: ServiceContext): Promise<PasskeyOptions> {
  const options = await generateAuthenticationOptions({
    rpID: relyingParty(ctx.config).id,
    userVerification: 'required',
  })
  await keepChallenge(ctx, options.challenge, 'sign-in')
  return { ...options }
}

/** A passkey is two factors by itself: the device, and whoever unlocks it. Throws UnauthenticatedError,
 *  the same for an unknown passkey and a bad response. */
export async function signInWithPasskey(
  ctx: ServiceContext,
  { response }: SignInWithPasskey,
): Promise<OpenedSession> {
  const passkey = await findPasskey(ctx.db.primary, response.id)
  const { authenticationInfo } = await verifyUse(ctx, passkey, response)
  const { newCounter, credentialID, credentialBackedUp } = authenticationInfo
  const isCounted = await countPasskeyUse(ctx.db.primary, credentialID, {
    counter: newCounter,
    backedUp: credentialBackedUp,
  })
  const user = passkey && isCounted ? await findUser(ctx.db.primary, passkey.userId) : undefined
  if (!user) throw new PasskeyRefusedError()
  return openSession(ctx, user)
}

class PasskeyRefusedError extends UnauthenticatedError {
  constructor() {
    super('This passkey is not known here, or the request is too old: try again')
  }
}

async function verifyNew(ctx: ServiceContext, userId: number, response: AddPasskey['response']) {
  const { id, origin } = relyingParty(ctx.config)
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: (challenge) => takeChallenge(ctx, challenge, `add:${userId}`),
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: true,
    })
    if (registrationInfo) return registrationInfo
  } catch (error) {
    if (!isRefusal(error)) throw error
    ctx.log.info({ err: error, request_id: ctx.requestId }, 'passkey refused')
  }
  throw new ValidationError('This is no new passkey of this site, or it came too late', 'value', [
    { field: 'response', message: 'does not prove a new passkey' },
  ])
}

async function verifyUse(
  ctx: ServiceContext,
  passkey: PasskeyRow | undefined,
  response: SignInWithPasskey['response'],
): Promise<VerifiedAuthenticationResponse> {
  const { id, origin } = relyingParty(ctx.config)
  if (!passkey) throw new PasskeyRefusedError()
  try {
    const verified = await verifyAuthenticationResponse({
      response,
      expectedChallenge: (challenge) => takeChallenge(ctx, challenge, 'sign-in'),
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: true,
      credential: {
        id: passkey.id,
        publicKey: new Uint8Array(passkey.publicKey),
        counter: passkey.counter,
        transports: passkey.transports,
      },
    })
    if (verified.verified) return verified
  } catch (error) {
    if (!isRefusal(error)) throw error
    ctx.log.info({ err: error, request_id: ctx.requestId }, 'passkey refused')
  }
  throw new PasskeyRefusedError()
}

function assertRoom(known: PasskeyRow[]): void {
  if (known.length >= MAX_PASSKEYS) {
    throw new ConflictError(`An account has ${MAX_PASSKEYS} passkeys at most: remove one first`)
  }
}
