import { type SQL, sql } from 'drizzle-orm'

/** Who an erased account was in one project, as a volunteer's key: the same for all its answers there, so
 *  that distinct volunteers and "one answer each" stay true, and another in every project. It is made
 *  from a random salt that goes with the account's row: nobody finds the way back, we neither. */
export function pseudonym(salt: string, projectId: SQL): SQL {
  return sql`'erased:' || left(encode(sha256(convert_to(${salt}::text || ':' || (${projectId})::text, 'UTF8')), 'hex'), 32)`
}
