import { isUniqueViolation } from '@manyhands/shared/db/failures'
import { ConflictError, ForbiddenError, NotFoundError } from '@manyhands/shared/errors/errors'
import type { LinkIdentity } from '@manyhands/shared/identities/contract'
import {
  deleteIdentity,
  findIdentity,
  insertIdentity,
  listIdentities,
} from '@manyhands/shared/identities/repository'
import { identityId } from '@manyhands/shared/identities/view'
import { safeNext } from '@manyhands/shared/sessions/rules'
import { createOutsideUser } from '@manyhands/shared/users/create-outside-user'
import { findUser, findUserByAddress } from '@manyhands/shared/users/repository'
import type { UserRow } from '@manyhands/shared/users/table'
import type { ServiceContext } from '../http/env.ts'
import { type OpenedSession, openSession } from '../sessions/open-session.ts'
import { getOwnAccount } from '../sessions/own-account.ts'
import { trustAddress } from '../sign-in-methods/trust-address.ts'
import { removeWayIn } from '../sign-in-methods/ways-in.ts'
import { type Checks, type OidcProvider, type Person, ProviderAnswerError } from './provider.ts'

const REQUEST_MS = 600_000

/** One trip to the provider. `linkTo`: the account that the identity is added to; null to sign in. */
export interface OidcRequest {
  checks: Checks
  next: string
  linkTo: number | null
  until: number
}

export async function startOidc(
  ctx: ServiceContext,
  provider: OidcProvider,
  next: string | undefined,
): Promise<{ url: string; request: OidcRequest }> {
  return startTrip(ctx, provider, next, null)
}

/** For somebody who is signed in and wants to sign in with the provider too. */
export async function startLink(
  ctx: ServiceContext,
  provider: OidcProvider,
  { next }: LinkIdentity,
): Promise<{ url: string; request: OidcRequest }> {
  const user = await getOwnAccount(ctx)
  return startTrip(ctx, provider, next, user.id)
}

/** The browser is back with `query`. A session is opened unless it was for linking. Throws
 *  ProviderAnswerError, UnavailableError, and ForbiddenError or ConflictError that says why this
 *  identity opens no account. */
export async function finishOidc(
  ctx: ServiceContext,
  provider: OidcProvider,
  query: string,
  request: OidcRequest | undefined,
): Promise<{ opened: OpenedSession | undefined; next: string }> {
  if (!request || request.until < ctx.clock()) throw new ProviderAnswerError(ctx.config.OIDC_NAME)
  const person = await provider.finish(query, request.checks)
  if (request.linkTo !== null) {
    await link(ctx, person, request.linkTo)
    return { opened: undefined, next: request.next }
  }
  const known = await findKnown(ctx, person)
  const user = known
    ? await trustAddress(ctx, known, person.emailVerified ? person.email : undefined)
    : await admit(ctx, person)
  return { opened: await openSession(ctx, user), next: request.next }
}

/** Throws ConflictError for the account's only way to sign in. */
export async function unlinkIdentity(ctx: ServiceContext, id: string): Promise<void> {
  const user = await getOwnAccount(ctx)
  const own = await listIdentities(ctx.db.primary, user.id)
  const identity = own.find((row) => identityId(row) === id)
  if (!identity) throw new NotFoundError('identity', id)
  await removeWayIn(ctx, user.id, { what: 'identity', id }, (tx) =>
    deleteIdentity(tx, user.id, identity),
  )
}

async function startTrip(
  ctx: ServiceContext,
  provider: OidcProvider,
  next: string | undefined,
  linkTo: number | null,
) {
  const { url, checks } = await provider.start()
  const { origin } = new URL(ctx.config.PUBLIC_URL)
  const until = ctx.clock() + REQUEST_MS
  return { url, request: { checks, next: safeNext(next, origin), linkTo, until } }
}

async function findKnown(ctx: ServiceContext, person: Person): Promise<UserRow | undefined> {
  const identity = await findIdentity(ctx.db.primary, person)
  return identity && findUser(ctx.db.primary, identity.userId)
}

/** An account for somebody who comes for the first time: the one with their address if both sides have
 *  made sure of it, or else a new one. Otherwise whoever types a stranger's address at the provider, or
 *  registers here with it first, would come to share an account with that stranger. */
async function admit(ctx: ServiceContext, person: Person): Promise<UserRow> {
  const { email, emailVerified, issuer, subject } = person
  const provider = ctx.config.OIDC_NAME
  if (email === undefined) {
    throw new ForbiddenError(
      `${provider} does not tell us your e-mail address, and an account needs one`,
      'oidc_no_address',
    )
  }
  const account = await findUserByAddress(ctx.db.primary, email)
  if (account) {
    if (!emailVerified || !account.validEmail) {
      throw new ForbiddenError(
        `There is an account with your e-mail address already: sign in to it, then link ${provider} there`,
        'oidc_address_taken',
      )
    }
    await insertOnce(() => insertIdentity(ctx.db.primary, { issuer, subject, userId: account.id }))
    return account
  }
  if (!emailVerified && ctx.config.CONFIRM_EMAIL) {
    throw new ForbiddenError(
      `Confirm your e-mail address at ${provider} first`,
      'oidc_address_unverified',
    )
  }
  const made = await insertOnce(() =>
    createOutsideUser(
      ctx,
      {
        nameHints: [person.username, email],
        fullname: person.fullname,
        emailAddr: email,
        validEmail: emailVerified,
      },
      (tx, user) => insertIdentity(tx, { issuer, subject, userId: user.id }),
    ),
  )
  const user = made ?? (await findKnown(ctx, person))
  if (!user) throw new ConflictError('There is an account with this e-mail address', 'email_addr')
  return user
}

async function link(ctx: ServiceContext, person: Person, userId: number): Promise<void> {
  const user = await getOwnAccount(ctx)
  // Whoever came back is not who went: another account was signed in to meanwhile.
  if (user.id !== userId) throw new ProviderAnswerError(ctx.config.OIDC_NAME)
  const { issuer, subject } = person
  await insertOnce(() => insertIdentity(ctx.db.primary, { issuer, subject, userId }))
  const identity = await findIdentity(ctx.db.primary, person)
  if (identity?.userId !== userId) {
    throw new ForbiddenError(
      `This ${ctx.config.OIDC_NAME} account opens another account here already`,
      'oidc_identity_taken',
    )
  }
  await ctx.wrote()
}

/** Undefined when somebody (the same person in another window) was quicker. */
async function insertOnce<T>(insert: () => Promise<T>): Promise<T | undefined> {
  try {
    return await insert()
  } catch (error) {
    if (isUniqueViolation(error)) return undefined
    throw error
  }
}
