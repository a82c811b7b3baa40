import type { Config } from '@manyhands/shared/config/config'
import type { Writer } from '@manyhands/shared/db/types'
import { ConflictError, NotFoundError } from '@manyhands/shared/errors/errors'
import { listIdentities } from '@manyhands/shared/identities/repository'
import { listPasskeys } from '@manyhands/shared/passkeys/repository'
import { countWays, isLastWay } from '@manyhands/shared/sign-in-methods/rules'
import { lockUser } from '@manyhands/shared/users/repository'
import type { ServiceContext } from '../http/env.ts'
import { hasPasskeys } from '../passkeys/relying-party.ts'

/** Takes a way to sign in away from the account, unless it is the last that works. `remove` says whether
 *  there was such a one. Throws NotFoundError, ConflictError. */
export async function removeWayIn(
  ctx: ServiceContext,
  userId: number,
  way: { what: string; id: string },
  remove: (tx: Writer) => Promise<boolean>,
): Promise<void> {
  await ctx.db.primary.transaction(async (tx) => {
    const before = await findWays(tx, ctx.config, userId)
    if (!(await remove(tx))) throw new NotFoundError(way.what, way.id)
    const after = await findWays(tx, ctx.config, userId)
    const isCounted = total(after) < total(before)
    if (isCounted && isLastWay(before)) {
      throw new ConflictError('This is your only way to sign in: add another one first')
    }
  })
  await ctx.wrote()
}

async function findWays(tx: Writer, config: Config, userId: number) {
  const user = await lockUser(tx, userId)
  if (!user) throw new NotFoundError('account', userId)
  const [passkeys, identities] = [await listPasskeys(tx, userId), await listIdentities(tx, userId)]
  return countWays(
    {
      hasPassword: user.passwdHash !== null,
      isAdmin: user.admin,
      isInDirectory: user.ldap !== null,
      passkeys: passkeys.length,
      issuers: identities.map(({ issuer }) => issuer),
    },
    {
      hasDirectory: config.LDAP_URL !== undefined,
      hasPasskeys: hasPasskeys(config),
      issuer: config.OIDC_ISSUER_URL,
    },
  )
}

function total(ways: ReturnType<typeof countWays>): number {
  return Object.values(ways).reduce((sum, count) => sum + count, 0)
}
