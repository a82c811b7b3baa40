import type { Context as PlatformContext } from '@manyhands/shared/context/context'
import { hashToken } from '@manyhands/shared/secrets/secrets'
import { findSessionUser } from '@manyhands/shared/sessions/repository'
import { hashApiKey } from '@manyhands/shared/users/api-key'
import { apiKeyTagOf, sessionTagOf } from '@manyhands/shared/users/cache-tags'
import { STRANGER } from '@manyhands/shared/users/policy'
import { findUserByApiKeyHash } from '@manyhands/shared/users/repository'
import type { UserRow } from '@manyhands/shared/users/table'
import {
  accountVolunteer,
  addressVolunteer,
  browserVolunteer,
} from '@manyhands/shared/volunteers/identity'
import type { Context } from 'hono'
import { readPasses } from '../project-passwords/passes.ts'
import { clientAddress } from './address.ts'
import { readAnonymousId, readPassTokens, readSessionToken } from './cookies.ts'
import type { Account, Caller, Env } from './env.ts'

/** How long an account is believed without a look at the database; a change drops it at once. */
const FRESH_MS = 30_000

/** Who is calling, by the contract's precedence (rest-api.md section 1.1): an API key, whose header
 *  silences the query argument; else the session; else nobody. A key that matches nobody is no error. */
export async function findCaller(c: Context<Env>, ctx: PlatformContext): Promise<Caller> {
  const key = c.req.header('authorization') ?? c.req.query('api_key')
  const keyAccount = key ? await accountByApiKey(ctx, key) : null
  const account = keyAccount ?? (await accountBySession(c, ctx))
  const passes = await readPasses(ctx, readPassTokens(c))
  if (account) {
    return {
      account,
      userId: account.id,
      isAdmin: account.admin,
      isSubadmin: account.subadmin,
      isPro: account.pro,
      passes,
      signedInWith: keyAccount ? 'api-key' : 'session',
      volunteer: accountVolunteer(account.id),
    }
  }
  const pseudonym = addressPseudonym(c, ctx)
  const cookieId = readAnonymousId(c, ctx.secrets)
  const volunteer = cookieId ? browserVolunteer(cookieId, pseudonym) : addressVolunteer(pseudonym)
  return { ...STRANGER, passes, account: null, signedInWith: null, volunteer }
}

/** A keyed hash: the same address gives the same text, and the text does not give the address. */
export function addressPseudonym(c: Context<Env>, ctx: PlatformContext): string {
  const address = clientAddress(c.env?.incoming, ctx.config.TRUSTED_PROXIES)
  return ctx.secrets.sign('address-pseudonym', address).slice(0, 16)
}

function accountByApiKey(ctx: PlatformContext, key: string): Promise<Account | null> {
  // Anything else is no key of ours: it costs no look-up.
  if (!/^[0-9a-f-]{36}$/i.test(key)) return Promise.resolve(null)
  const hash = hashApiKey(key.toLowerCase())
  const name = apiKeyTagOf(hash)
  return ctx.cache.get({ key: name, freshMs: FRESH_MS, staleMs: 0, tags: [name] }, async () =>
    toAccount(await findUserByApiKeyHash(ctx.db.primary, hash)),
  )
}

async function accountBySession(c: Context<Env>, ctx: PlatformContext): Promise<Account | null> {
  const token = readSessionToken(c)
  if (!token) return null
  const hash = hashToken(token)
  const name = sessionTag(token)
  return ctx.cache.get({ key: name, freshMs: FRESH_MS, staleMs: 0, tags: [name] }, async () =>
    toAccount(await findSessionUser(ctx.db.primary, hash)),
  )
}

/** The cache tag of one session: dropped when it ends. */
export function sessionTag(token: string): string {
  return sessionTagOf(hashToken(token))
}

function toAccount(user: UserRow | undefined): Account | null {
  if (!user) return null
  const { id, name, fullname, emailAddr, admin, subadmin, pro, locale } = user
  return { id, name, fullname, emailAddr, admin, subadmin, pro, locale }
}
