import { UnauthenticatedError } from '@manyhands/shared/errors/errors'
import { hashRecoveryCode } from '@manyhands/shared/one-time-codes/recovery-codes'
import { readCode } from '@manyhands/shared/one-time-codes/rules'
import { takeOtpStep, takeRecoveryCode } from '@manyhands/shared/users/one-time-codes'
import type { UserRow } from '@manyhands/shared/users/table'
import { verify } from 'otplib'
import type { ServiceContext } from '../http/env.ts'

const PERIOD_SECONDS = 30
/** Of a million codes three are right at a time: 10 tries in an hour find one in some four years. */
const TRIES = { tries: 10, windowSeconds: 3_600 }

/** Takes a one-time or recovery code of this account; it works once. Throws UnauthenticatedError for a
 *  wrong one and RateLimitedError after too many. */
export async function takeCode(ctx: ServiceContext, user: UserRow, typed: string): Promise<void> {
  const key = `otp:${user.id}`
  await ctx.attempts.take(key, TRIES)
  if (!(await isTaken(ctx, user, typed))) throw new WrongCodeError()
  await ctx.attempts.clear(key)
}

/** The time step whose code this is, one step of the clock's tolerance either way; undefined for a wrong
 *  one. RFC 6238 section 5.2. */
export async function findStep(
  ctx: ServiceContext,
  secretSealed: string,
  code: string,
): Promise<number | undefined> {
  const result = await verify({
    secret: ctx.secrets.unseal('one-time-code', secretSealed),
    token: code,
    epoch: Math.floor(ctx.clock() / 1_000),
    epochTolerance: PERIOD_SECONDS,
  })
  return result.valid && 'timeStep' in result ? result.timeStep : undefined
}

/** For an account that has not confirmed its codes yet: the same tries count. */
export async function checkPendingCode(
  ctx: ServiceContext,
  user: UserRow & { otpSecretSealed: string },
  typed: string,
): Promise<number> {
  const key = `otp:${user.id}`
  await ctx.attempts.take(key, TRIES)
  const read = readCode(typed)
  const step =
    read?.kind === 'one-time-code'
      ? await findStep(ctx, user.otpSecretSealed, read.code)
      : undefined
  if (step === undefined) throw new WrongCodeError()
  await ctx.attempts.clear(key)
  return step
}

class WrongCodeError extends UnauthenticatedError {
  constructor() {
    super('This code is not right, or it was used before')
  }
}

async function isTaken(ctx: ServiceContext, user: UserRow, typed: string): Promise<boolean> {
  const read = readCode(typed)
  if (!read || !user.otpEnabled || !user.otpSecretSealed) return false
  if (read.kind === 'recovery-code') {
    return takeRecoveryCode(
      ctx.db.primary,
      user.id,
      hashRecoveryCode(ctx.secrets, user.id, read.code),
    )
  }
  const step = await findStep(ctx, user.otpSecretSealed, read.code)
  return step !== undefined && takeOtpStep(ctx.db.primary, user.id, step)
}
