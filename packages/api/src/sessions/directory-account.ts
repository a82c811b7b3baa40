import { isUniqueViolation } from '@manyhands/shared/db/failures'
import { ForbiddenError } from '@manyhands/shared/errors/errors'
import { createOutsideUser } from '@manyhands/shared/users/create-outside-user'
import { findUserByLdap } from '@manyhands/shared/users/repository'
import type { UserRow } from '@manyhands/shared/users/table'
import { z } from 'zod'
import type { ServiceContext } from '../http/env.ts'
import { trustAddress } from '../sign-in-methods/trust-address.ts'
import type { DirectoryPerson } from './directory.ts'

const Address = z.email().max(254)

/** The account of somebody whom the directory knows, made when they come for the first time. An account
 *  with the same address that is not the directory's stays its owner's: in many directories people write
 *  their address themselves. Throws ForbiddenError. */
export async function getDirectoryAccount(
  ctx: ServiceContext,
  { key, email, fullname }: DirectoryPerson,
): Promise<UserRow> {
  const known = await findUserByLdap(ctx.db.primary, key)
  if (known) return trustAddress(ctx, known, email)
  const address = Address.safeParse(email)
  if (!address.success) {
    throw new ForbiddenError(
      'The directory has no e-mail address for you, and an account needs one',
      'directory_no_address',
    )
  }
  try {
    return await createOutsideUser(ctx, {
      nameHints: [key],
      fullname,
      emailAddr: address.data,
      validEmail: true,
      ldap: key,
    })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    // The same person in another window was quicker.
    const made = await findUserByLdap(ctx.db.primary, key)
    if (made) return made
    throw new ForbiddenError(
      'There is an account with your e-mail address that is not the directory’s: ask an administrator',
      'directory_address_taken',
    )
  }
}
