import { and, eq, isNull, lt, or, sql } from 'drizzle-orm'
import type { Writer } from '../db/types.ts'
import { users } from './table.ts'

/** A secret that codes are not asked for yet. False when they are already: it is not replaced unseen. */
export async function storePendingOtpSecret(
  db: Writer,
  userId: number,
  otpSecretSealed: string,
): Promise<boolean> {
  const rows = await db
    .update(users)
    .set({ otpSecretSealed, otpLastStep: null, recoveryCodeHashes: [] })
    .where(and(eq(users.id, userId), eq(users.otpEnabled, false)))
    .returning({ id: users.id })
  return rows.length > 0
}

/** False when the secret is not the one whose code was checked any more. */
export async function enableOtp(
  db: Writer,
  userId: number,
  checked: { otpSecretSealed: string; step: number },
  recoveryCodeHashes: string[],
): Promise<boolean> {
  const rows = await db
    .update(users)
    .set({ otpEnabled: true, otpLastStep: checked.step, recoveryCodeHashes })
    .where(
      and(
        eq(users.id, userId),
        eq(users.otpEnabled, false),
        eq(users.otpSecretSealed, checked.otpSecretSealed),
      ),
    )
    .returning({ id: users.id })
  return rows.length > 0
}

export async function disableOtp(db: Writer, userId: number): Promise<void> {
  await db
    .update(users)
    .set({ otpEnabled: false, otpSecretSealed: null, otpLastStep: null, recoveryCodeHashes: [] })
    .where(eq(users.id, userId))
}

export async function storeRecoveryCodes(
  db: Writer,
  userId: number,
  recoveryCodeHashes: string[],
): Promise<void> {
  await db.update(users).set({ recoveryCodeHashes }).where(eq(users.id, userId))
}

/** Takes the code of a time step (RFC 6238) once: false for one that was taken, also by somebody who was
 *  quicker by a moment. */
export async function takeOtpStep(db: Writer, userId: number, step: number): Promise<boolean> {
  const rows = await db
    .update(users)
    .set({ otpLastStep: step })
    .where(
      and(
        eq(users.id, userId),
        eq(users.otpEnabled, true),
        or(isNull(users.otpLastStep), lt(users.otpLastStep, step)),
      ),
    )
    .returning({ id: users.id })
  return rows.length > 0
}

/** Takes a recovery code once. */
export async function takeRecoveryCode(db: Writer, userId: number, hash: string): Promise<boolean> {
  const rows = await db
    .update(users)
    .set({ recoveryCodeHashes: sql`array_remove(${users.recoveryCodeHashes}, ${hash})` })
    .where(
      and(
        eq(users.id, userId),
        eq(users.otpEnabled, true),
        sql`${hash} = any(${users.recoveryCodeHashes})`,
      ),
    )
    .returning({ id: users.id })
  return rows.length > 0
}
