import type { Context } from '../context/context.ts'
import { isUniqueViolation } from '../db/failures.ts'
import type { Writer } from '../db/types.ts'
import { createApiKey } from './api-key.ts'
import { outsideNames } from './outside-name.ts'
import { findUserByLogin, insertUser } from './repository.ts'
import type { UserRow } from './table.ts'

/** Somebody whom another system vouches for: they have no password here. */
export interface OutsideUser extends Pick<UserRow, 'emailAddr' | 'validEmail'> {
  /** What to make the user name from, the best first. */
  nameHints: (string | undefined)[]
  fullname: string | undefined
  ldap?: string
}

/** Makes an account under a name that is free; `also` is stored with it or not at all. Throws unique
 *  violations but that of the name. */
export async function createOutsideUser(
  ctx: Pick<Context, 'db' | 'secrets'>,
  { nameHints, fullname, ...fields }: OutsideUser,
  also: (tx: Writer, user: UserRow) => Promise<void> = async () => {},
): Promise<UserRow> {
  const { apiKey: _, ...storedKey } = createApiKey(ctx.secrets)
  for (const name of outsideNames(...nameHints, fields.emailAddr)) {
    if (await findUserByLogin(ctx.db.primary, name)) continue
    try {
      return await ctx.db.primary.transaction(async (tx) => {
        const user = await insertUser(tx, {
          name,
          fullname: fullname?.trim().slice(0, 500) || name,
          passwdHash: null,
          ...storedKey,
          ...fields,
        })
        await also(tx, user)
        return user
      })
    } catch (error) {
      // Somebody took the name since we looked.
      if (!isUniqueViolation(error, 'users_name_key')) throw error
    }
  }
  throw new Error('no free user name found')
}
