import { asc, desc, eq, inArray, lt, sql } from 'drizzle-orm'
import type { Reader, Writer } from '../db/types.ts'
import { type CapturedMailRow, capturedMails, type MailRow, mails } from './table.ts'

/** How many mails the development inbox keeps. */
export const INBOX_SIZE = 200

export async function insertMail(
  tx: Writer,
  mail: Pick<MailRow, 'kind' | 'recipient' | 'fullname' | 'locale' | 'data'>,
): Promise<string> {
  const [row] = await tx.insert(mails).values(mail).returning({ id: mails.id })
  if (!row) throw new Error('insert returned no row')
  return row.id
}

/** The mail, marked as being sent now; undefined once it has been. */
export async function takeMail(db: Writer, id: string): Promise<MailRow | undefined> {
  const [row] = await db
    .update(mails)
    .set({ tried: sql`now()` })
    .where(eq(mails.id, id))
    .returning()
  return row
}

export async function deleteMail(db: Writer, id: string): Promise<void> {
  await db.delete(mails).where(eq(mails.id, id))
}

/** Mails to one address that were not sent. */
export async function deleteMailsTo(db: Writer, recipient: string): Promise<void> {
  await db.delete(mails).where(eq(mails.recipient, recipient))
  await db.delete(capturedMails).where(eq(capturedMails.recipient, recipient))
}

/** Mails that nobody has begun to send for `seconds`, oldest first. */
export async function listIdleMails(db: Reader, seconds: number, limit: number): Promise<string[]> {
  const rows = await db
    .select({ id: mails.id })
    .from(mails)
    .where(
      sql`coalesce(${mails.tried}, ${mails.created}) < now() - make_interval(secs => ${seconds})`,
    )
    .orderBy(asc(mails.created))
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** Drops what could not be sent for `days`; returns how many. */
export async function deleteOldMails(db: Writer, days: number): Promise<number> {
  const rows = await db
    .delete(mails)
    .where(lt(mails.created, sql`now() - make_interval(days => ${days})`))
    .returning({ id: mails.id })
  return rows.length
}

/** Puts a mail into the development inbox, and the oldest beyond its size out of it. */
export async function captureMail(
  db: Writer,
  mail: Pick<CapturedMailRow, 'recipient' | 'subject' | 'text' | 'html'>,
): Promise<void> {
  await db.insert(capturedMails).values(mail)
  const kept = db
    .select({ id: capturedMails.id })
    .from(capturedMails)
    .orderBy(desc(capturedMails.id))
    .offset(INBOX_SIZE)
  await db.delete(capturedMails).where(inArray(capturedMails.id, kept))
}

/** The development inbox, newest first. */
export function listCapturedMails(db: Reader, limit: number): Promise<CapturedMailRow[]> {
  return db.select().from(capturedMails).orderBy(desc(capturedMails.id)).limit(limit)
}
