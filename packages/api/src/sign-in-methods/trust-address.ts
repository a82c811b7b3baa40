import { forgetAccount } from '@manyhands/shared/users/forget-account'
import { confirmUserAddress } from '@manyhands/shared/users/repository'
import type { UserRow } from '@manyhands/shared/users/table'
import type { ServiceContext } from '../http/env.ts'

/** Confirms the account's address where somebody whom this server trusts (a provider, a directory) vouches
 *  for just that one. */
export async function trustAddress(
  ctx: ServiceContext,
  user: UserRow,
  vouched: string | undefined,
): Promise<UserRow> {
  if (user.validEmail || vouched?.toLowerCase() !== user.emailAddr.toLowerCase()) return user
  const confirmed = await confirmUserAddress(ctx.db.primary, user)
  if (!confirmed) return user
  await forgetAccount(ctx, user)
  await ctx.wrote()
  return confirmed
}
