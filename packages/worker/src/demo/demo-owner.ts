import type { Context } from '@manyhands/shared/context/context'
import { ConflictError } from '@manyhands/shared/errors/errors'
import { isPassword } from '@manyhands/shared/secrets/passwords'
import { createUser } from '@manyhands/shared/users/create-user'
import { findUserByLogin } from '@manyhands/shared/users/repository'
import type { UserRow } from '@manyhands/shared/users/table'
import { demoPassword } from './demo-password.ts'

export const DEMO_OWNER = {
  name: 'demo',
  fullname: 'Demo owner',
  email_addr: 'demo@example.org',
}

/** The account that owns the demo's projects, made if it is not there. Throws ConflictError when somebody
 *  else has its name. */
export async function openDemoOwner(
  ctx: Pick<Context, 'db' | 'secrets' | 'config'>,
): Promise<{ owner: UserRow; created: boolean }> {
  const found = await findUserByLogin(ctx.db.primary, DEMO_OWNER.email_addr)
  if (found) return { owner: found, created: false }
  const password = demoPassword(ctx.config.SECRET, DEMO_OWNER.name)
  try {
    const { user } = await createUser(ctx, { ...DEMO_OWNER, password }, { validEmail: true })
    return { owner: user, created: true }
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error
    const madeMeanwhile = await findUserByLogin(ctx.db.primary, DEMO_OWNER.email_addr)
    if (madeMeanwhile) return { owner: madeMeanwhile, created: false }
    throw new ConflictError(
      `There is an account named "${DEMO_OWNER.name}" that is not the demo's: the demo was not added`,
      error.field,
    )
  }
}

/** What to sign in with, or null once the password has been changed. */
export async function ownersPassword(owner: UserRow, secret: string): Promise<string | null> {
  const password = demoPassword(secret, DEMO_OWNER.name)
  return (await isPassword(owner.passwdHash, password)) ? password : null
}
