import { and, asc, eq } from 'drizzle-orm'
import type { Reader, Writer } from '../db/types.ts'
import { type IdentityRow, identities } from './table.ts'

/** Who somebody is at a provider: never an e-mail address, which may pass to somebody else. */
export type IdentityKey = Pick<IdentityRow, 'issuer' | 'subject'>

export async function findIdentity(db: Reader, key: IdentityKey): Promise<IdentityRow | undefined> {
  const [row] = await db.select().from(identities).where(matches(key))
  return row
}

export function listIdentities(db: Reader, userId: number): Promise<IdentityRow[]> {
  return db
    .select()
    .from(identities)
    .where(eq(identities.userId, userId))
    .orderBy(asc(identities.created), asc(identities.subject))
}

/** Throws a unique violation (`identities_issuer_subject_pk`) for one that opens an account already. */
export async function insertIdentity(
  db: Writer,
  identity: IdentityKey & { userId: number },
): Promise<void> {
  await db.insert(identities).values(identity)
}

export async function deleteIdentity(
  db: Writer,
  userId: number,
  key: IdentityKey,
): Promise<boolean> {
  const rows = await db
    .delete(identities)
    .where(and(matches(key), eq(identities.userId, userId)))
    .returning({ subject: identities.subject })
  return rows.length > 0
}

function matches({ issuer, subject }: IdentityKey) {
  return and(eq(identities.issuer, issuer), eq(identities.subject, subject))
}
