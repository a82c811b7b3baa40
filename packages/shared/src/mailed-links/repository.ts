import { and, eq, gt, inArray, lt, sql } from 'drizzle-orm'
import type { Writer } from '../db/types.ts'
import { type MailedLinkRow, mailedLinks } from './table.ts'

/** A new link takes the place of the account's older ones for the same purpose. Returns its id. */
export async function insertMailedLink(
  tx: Writer,
  link: Pick<MailedLinkRow, 'purpose' | 'userId' | 'emailAddr'>,
  lifeSeconds: number,
): Promise<string> {
  await tx
    .delete(mailedLinks)
    .where(and(eq(mailedLinks.userId, link.userId), eq(mailedLinks.purpose, link.purpose)))
  const [row] = await tx
    .insert(mailedLinks)
    .values({ ...link, expires: sql`now() + make_interval(secs => ${lifeSeconds})` })
    .returning({ id: mailedLinks.id })
  if (!row) throw new Error('insert returned no row')
  return row.id
}

/** The link, which is used up with this; undefined when it was before, or is too old. */
export async function takeMailedLink(
  tx: Writer,
  id: string,
  purpose: MailedLinkRow['purpose'],
): Promise<MailedLinkRow | undefined> {
  const [row] = await tx
    .delete(mailedLinks)
    .where(
      and(
        eq(mailedLinks.id, id),
        eq(mailedLinks.purpose, purpose),
        gt(mailedLinks.expires, sql`now()`),
      ),
    )
    .returning()
  return row
}

/** A link that still works, to be written into its mail. */
export async function findMailedLink(db: Writer, id: string): Promise<MailedLinkRow | undefined> {
  const [row] = await db
    .select()
    .from(mailedLinks)
    .where(and(eq(mailedLinks.id, id), gt(mailedLinks.expires, sql`now()`)))
  return row
}

/** The address that an account has asked to change to and not confirmed yet. */
export async function findPendingAddress(db: Writer, userId: number): Promise<string | undefined> {
  const [row] = await db
    .select({ emailAddr: mailedLinks.emailAddr })
    .from(mailedLinks)
    .where(
      and(
        eq(mailedLinks.userId, userId),
        eq(mailedLinks.purpose, 'confirm-email'),
        gt(mailedLinks.expires, sql`now()`),
      ),
    )
  return row?.emailAddr
}

export async function deleteMailedLinksOf(
  tx: Writer,
  userId: number,
  purpose?: MailedLinkRow['purpose'],
): Promise<void> {
  await tx
    .delete(mailedLinks)
    .where(and(eq(mailedLinks.userId, userId), purpose && eq(mailedLinks.purpose, purpose)))
}

/** Deletes at most `limit` links that have expired; returns how many. */
export async function deleteExpiredLinks(db: Writer, limit: number): Promise<number> {
  const old = db
    .select({ id: mailedLinks.id })
    .from(mailedLinks)
    .where(lt(mailedLinks.expires, sql`now()`))
    .limit(limit)
  const rows = await db
    .delete(mailedLinks)
    .where(inArray(mailedLinks.id, old))
    .returning({ id: mailedLinks.id })
  return rows.length
}

/** Whether the same link, for the same address, was made within `seconds`. */
export async function hasRecentLink(
  tx: Writer,
  { userId, purpose, emailAddr }: Pick<MailedLinkRow, 'purpose' | 'userId' | 'emailAddr'>,
  seconds: number,
): Promise<boolean> {
  const rows = await tx
    .select({ id: mailedLinks.id })
    .from(mailedLinks)
    .where(
      and(
        eq(mailedLinks.userId, userId),
        eq(mailedLinks.purpose, purpose),
        eq(mailedLinks.emailAddr, emailAddr),
        gt(mailedLinks.created, sql`now() - make_interval(secs => ${seconds})`),
      ),
    )
  return rows.length > 0
}
