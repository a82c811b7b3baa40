import { ConflictError } from '@manyhands/shared/errors/errors'
import type {
  ConfirmOneTimeCodes,
  OneTimeCodeSecret,
  OwnerProof,
} from '@manyhands/shared/one-time-codes/contract'
import {
  createRecoveryCodes,
  hashRecoveryCode,
} from '@manyhands/shared/one-time-codes/recovery-codes'
import { showRecoveryCode } from '@manyhands/shared/one-time-codes/rules'
import {
  disableOtp,
  enableOtp,
  storePendingOtpSecret,
  storeRecoveryCodes,
} from '@manyhands/shared/users/one-time-codes'
import { generateSecret, generateURI } from 'otplib'
import type { ServiceContext } from '../http/env.ts'
import { getOwnAccount } from '../sessions/own-account.ts'
import { assertOwnerProof } from './owner-proof.ts'
import { checkPendingCode } from './take-code.ts'

/** A new secret for an app; codes are asked for once one was confirmed. Throws ConflictError while they
 *  are on. */
export async function startOneTimeCodes(ctx: ServiceContext): Promise<OneTimeCodeSecret> {
  const user = await getOwnAccount(ctx)
  const secret = generateSecret()
  const sealed = ctx.secrets.seal('one-time-code', secret)
  const isStored = await storePendingOtpSecret(ctx.db.primary, user.id, sealed)
  if (!isStored) throw new ConflictError('One-time codes are on already: turn them off first')
  const uri = generateURI({ issuer: ctx.config.BRAND, label: user.name, secret })
  return { secret, uri }
}

/** Turns codes on and returns the recovery codes, shown this once. Throws UnauthenticatedError for a
 *  wrong code. */
export async function confirmOneTimeCodes(
  ctx: ServiceContext,
  input: ConfirmOneTimeCodes,
): Promise<string[]> {
  const user = await getOwnAccount(ctx)
  const { otpSecretSealed } = user
  if (user.otpEnabled || !otpSecretSealed) {
    throw new ConflictError('There is nothing to confirm: start with POST /api/account/otp')
  }
  const step = await checkPendingCode(ctx, { ...user, otpSecretSealed }, input.code)
  const { codes, hashes } = newRecoveryCodes(ctx, user.id)
  const isOn = await enableOtp(ctx.db.primary, user.id, { otpSecretSealed, step }, hashes)
  if (!isOn) throw new ConflictError('The secret has changed meanwhile: start again')
  await ctx.wrote()
  return codes
}

export async function stopOneTimeCodes(ctx: ServiceContext, proof: OwnerProof): Promise<void> {
  const user = await getOwnAccount(ctx)
  if (user.otpEnabled) await assertOwnerProof(ctx, user, proof)
  await disableOtp(ctx.db.primary, user.id)
  await ctx.wrote()
}

/** Ten new ones; the old ones open nothing any more. */
export async function renewRecoveryCodes(
  ctx: ServiceContext,
  proof: OwnerProof,
): Promise<string[]> {
  const user = await getOwnAccount(ctx)
  if (!user.otpEnabled) throw new ConflictError('One-time codes are not on')
  await assertOwnerProof(ctx, user, proof)
  const { codes, hashes } = newRecoveryCodes(ctx, user.id)
  await storeRecoveryCodes(ctx.db.primary, user.id, hashes)
  await ctx.wrote()
  return codes
}

function newRecoveryCodes(ctx: ServiceContext, userId: number) {
  const codes = createRecoveryCodes()
  return {
    codes: codes.map(showRecoveryCode),
    hashes: codes.map((code) => hashRecoveryCode(ctx.secrets, userId, code)),
  }
}
