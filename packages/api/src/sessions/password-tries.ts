import type { ServiceContext } from '../http/env.ts'

/** Wrong passwords of one account from one address, and from anywhere: the first stops a guesser, the
 *  second many of them together, and a guesser elsewhere does not soon lock the owner out. */
const FROM_HERE = { tries: 10, windowSeconds: 900 }
const FROM_ANYWHERE = { tries: 100, windowSeconds: 3_600 }

/** Counts alike for names that do not exist. Throws RateLimitedError. */
export async function takePasswordTry(ctx: ServiceContext, login: string): Promise<void> {
  const { here, anywhere } = keys(ctx, login)
  await ctx.attempts.take(here, FROM_HERE)
  await ctx.attempts.take(anywhere, FROM_ANYWHERE)
}

export async function clearPasswordTries(ctx: ServiceContext, login: string): Promise<void> {
  const { here, anywhere } = keys(ctx, login)
  await Promise.all([ctx.attempts.clear(here), ctx.attempts.clear(anywhere)])
}

function keys(ctx: ServiceContext, login: string) {
  const who = ctx.secrets.sign('address-pseudonym', login.toLowerCase()).slice(0, 22)
  return { here: `password:${who}:${ctx.addressPseudonym()}`, anywhere: `password:${who}` }
}
