import { isUniqueViolation } from '../db/failures.ts'
import { ConflictError } from '../errors/errors.ts'

const UNIQUE = [
  ['users_name_key', 'name', 'This name is taken'],
  ['users_email_addr_key', 'email_addr', 'There is an account with this e-mail address'],
  ['users_ckanApi_unique', 'ckan_api', 'Another account has this key'],
] as const

/** A unique violation of an account's columns as a ConflictError that names the field; anything else as
 *  it is. */
export function takenOr(error: unknown): unknown {
  for (const [constraint, field, message] of UNIQUE) {
    if (isUniqueViolation(error, constraint)) return new ConflictError(message, field)
  }
  return error
}
