import type { Context } from '../context/context.ts'
import type { Writer } from '../db/types.ts'
import { hashPassword } from '../secrets/passwords.ts'
import { createApiKey } from './api-key.ts'
import type { Register } from './contract.ts'
import { insertUser } from './repository.ts'
import type { UserRow } from './table.ts'
import { takenOr } from './taken.ts'

/** Makes an account; the API (somebody registers) and the command line both need it.
 *  Throws ConflictError naming `name` or `email_addr` when it is taken. */
export async function createUser(
  ctx: Pick<Context, 'db' | 'secrets'>,
  input: Register,
  flags: Partial<Pick<UserRow, 'admin' | 'validEmail' | 'confirmationEmailSent'>> = {},
  /** What else belongs to it, in the same transaction. */
  also: (tx: Writer, user: UserRow) => Promise<void> = async () => {},
): Promise<{ user: UserRow; apiKey: string }> {
  const { apiKey, ...storedKey } = createApiKey(ctx.secrets)
  const passwdHash = await hashPassword(input.password)
  try {
    const user = await ctx.db.primary.transaction(async (tx) => {
      const row = await insertUser(tx, {
        name: input.name,
        fullname: input.fullname,
        emailAddr: input.email_addr,
        passwdHash,
        ...(input.locale !== undefined && { locale: input.locale }),
        consent: input.consent ?? false,
        ...storedKey,
        ...flags,
      })
      await also(tx, row)
      return row
    })
    return { user, apiKey }
  } catch (error) {
    throw takenOr(error)
  }
}
