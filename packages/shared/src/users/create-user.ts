import type { Context } from '../context/context.ts'
import { isUniqueViolation } from '../db/failures.ts'
import { ConflictError } from '../errors/errors.ts'
import { hashPassword } from '../secrets/passwords.ts'
import { createApiKey } from './api-key.ts'
import type { Register } from './contract.ts'
import { insertUser } from './repository.ts'
import type { UserRow } from './table.ts'

/** Makes an account; the API (somebody registers) and the command line both need it.
 *  Throws ConflictError naming `name` or `email_addr` when it is taken. */
export async function createUser(
  ctx: Pick<Context, 'db' | 'secrets'>,
  input: Register,
  flags: Partial<Pick<UserRow, 'admin' | 'validEmail' | 'locale'>> = {},
): Promise<{ user: UserRow; apiKey: string }> {
  const { apiKey, ...storedKey } = createApiKey(ctx.secrets)
  const passwdHash = await hashPassword(input.password)
  try {
    const user = await insertUser(ctx.db.primary, {
      name: input.name,
      fullname: input.fullname,
      emailAddr: input.email_addr,
      passwdHash,
      ...storedKey,
      ...flags,
    })
    return { user, apiKey }
  } catch (error) {
    if (isUniqueViolation(error, 'users_name_key'))
      throw new ConflictError('This name is taken', 'name')
    if (isUniqueViolation(error, 'users_email_addr_key')) {
      throw new ConflictError('There is an account with this e-mail address', 'email_addr')
    }
    throw error
  }
}
