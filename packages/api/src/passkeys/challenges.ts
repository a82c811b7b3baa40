import { AppError, UnavailableError } from '@manyhands/shared/errors/errors'
import type { ServiceContext } from '../http/env.ts'

const TTL_SECONDS = 300

/** What a challenge was given out for: signing in, or adding a passkey to one account. */
export type ChallengePurpose = 'sign-in' | `add:${number}`

/** Throws UnavailableError while Redis is away: a challenge that nobody remembers would not be single-use. */
export async function keepChallenge(
  ctx: ServiceContext,
  challenge: string,
  purpose: ChallengePurpose,
): Promise<void> {
  await asking(ctx.redis.set(key(ctx, challenge), purpose, 'EX', TTL_SECONDS))
}

/** True once for a challenge that was given out for this not long ago. */
export async function takeChallenge(
  ctx: ServiceContext,
  challenge: string,
  purpose: ChallengePurpose,
): Promise<boolean> {
  return (await asking(ctx.redis.getdel(key(ctx, challenge)))) === purpose
}

/** What the library throws for a response that does not fit; what we throw goes on as it is. */
export function isRefusal(error: unknown): boolean {
  return !(error instanceof AppError)
}

async function asking<T>(command: Promise<T>): Promise<T> {
  try {
    return await command
  } catch (error) {
    throw new UnavailableError('The place where passkeys are checked', { cause: error })
  }
}

function key(ctx: ServiceContext, challenge: string): string {
  return `${ctx.config.REDIS_PREFIX}:passkey-challenge:${challenge}`
}
