import { UnauthenticatedError } from '@manyhands/shared/errors/errors'
import type { OwnerProof } from '@manyhands/shared/one-time-codes/contract'
import { isPassword } from '@manyhands/shared/secrets/passwords'
import type { UserRow } from '@manyhands/shared/users/table'
import type { ServiceContext } from '../http/env.ts'
import { takeCode } from './take-code.ts'

const TRIES = { tries: 10, windowSeconds: 900 }

/** That the account's owner sits there, not somebody who found the browser open: the password, or a
 *  code. Throws UnauthenticatedError, RateLimitedError. */
export async function assertOwnerProof(
  ctx: ServiceContext,
  user: UserRow,
  proof: OwnerProof,
): Promise<void> {
  if (proof.code !== undefined) return takeCode(ctx, user, proof.code)
  const key = `owner-proof:${user.id}`
  await ctx.attempts.take(key, TRIES)
  if (!(await isPassword(user.passwdHash, proof.password ?? ''))) {
    throw new UnauthenticatedError('The password is not right')
  }
  await ctx.attempts.clear(key)
}
