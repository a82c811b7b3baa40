import { and, asc, desc, eq, gt, lt, type SQL, sql } from 'drizzle-orm'
import { auditLog } from '../audit-log/table.ts'
import { blogposts } from '../blogposts/table.ts'
import type { Reader, Writer } from '../db/types.ts'
import { identities } from '../identities/table.ts'
import { passkeys } from '../passkeys/table.ts'
import { projects } from '../projects/table.ts'
import { taskRuns } from '../task-runs/table.ts'
import { tasks } from '../tasks/table.ts'
import { lockUser } from '../users/repository.ts'
import { type PersonalDataExportRow, personalDataExports } from './table.ts'

/** Orders an archive, or joins the one that is being written. Undefined when the account is gone. */
export async function requestPersonalData(
  db: Writer,
  userId: number,
): Promise<PersonalDataExportRow | undefined> {
  return db.transaction(async (tx) => {
    if (!(await lockUser(tx, userId))) return undefined
    const newest = await findPersonalDataOf(tx, userId)
    if (newest?.state === 'waiting') return newest
    const [row] = await tx.insert(personalDataExports).values({ userId }).returning()
    return row
  })
}

/** The newest of an account. */
export async function findPersonalDataOf(
  db: Reader,
  userId: number,
): Promise<PersonalDataExportRow | undefined> {
  const [row] = await db
    .select()
    .from(personalDataExports)
    .where(eq(personalDataExports.userId, userId))
    .orderBy(desc(personalDataExports.created))
    .limit(1)
  return row
}

export async function findPersonalData(
  db: Reader,
  id: string,
): Promise<PersonalDataExportRow | undefined> {
  const [row] = await db.select().from(personalDataExports).where(eq(personalDataExports.id, id))
  return row
}

/** The archive, marked as being written now; undefined when it is not wanted any more. */
export async function takePersonalData(
  db: Writer,
  id: string,
): Promise<PersonalDataExportRow | undefined> {
  const [row] = await db
    .update(personalDataExports)
    .set({ tried: sql`now()` })
    .where(and(eq(personalDataExports.id, id), eq(personalDataExports.state, 'waiting')))
    .returning()
  return row
}

/** True when this made it done; false when somebody else has, or nobody wants it any more. */
export async function finishPersonalData(
  tx: Writer,
  id: string,
  end: Pick<PersonalDataExportRow, 'state' | 'bytes'>,
): Promise<boolean> {
  const rows = await tx
    .update(personalDataExports)
    .set({ ...end, finished: sql`now()` })
    .where(and(eq(personalDataExports.id, id), eq(personalDataExports.state, 'waiting')))
    .returning({ id: personalDataExports.id })
  return rows.length > 0
}

/** Archives that wait and that nobody has begun to write for `seconds`. */
export async function listIdlePersonalData(
  db: Reader,
  seconds: number,
  limit: number,
): Promise<string[]> {
  const idle = sql`coalesce(${personalDataExports.tried}, ${personalDataExports.created})
    < now() - make_interval(secs => ${seconds})`
  const rows = await db
    .select({ id: personalDataExports.id })
    .from(personalDataExports)
    .where(and(eq(personalDataExports.state, 'waiting'), idle))
    .orderBy(asc(personalDataExports.created))
    .limit(limit)
  return rows.map(({ id }) => id)
}

export function listOldPersonalData(
  db: Reader,
  ageMs: number,
  limit: number,
): Promise<PersonalDataExportRow[]> {
  return db
    .select()
    .from(personalDataExports)
    .where(
      lt(personalDataExports.created, sql`now() - make_interval(secs => ${ageMs / 1_000}::float8)`),
    )
    .limit(limit)
}

export async function deletePersonalData(db: Writer, id: string): Promise<void> {
  await db.delete(personalDataExports).where(eq(personalDataExports.id, id))
}

/** A page of what belongs to an account, by id. */
interface Page {
  userId: number
  after: number
  limit: number
}

export function listOwnTaskRuns(db: Reader, { userId, after, limit }: Page) {
  return db
    .select()
    .from(taskRuns)
    .where(and(eq(taskRuns.userId, userId), gt(taskRuns.id, after)))
    .orderBy(asc(taskRuns.id))
    .limit(limit)
}

export function listOwnChanges(db: Reader, { userId, after, limit }: Page) {
  return db
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.userId, userId), gt(auditLog.id, after)))
    .orderBy(asc(auditLog.id))
    .limit(limit)
}

export function listFavourites(db: Reader, { userId, after, limit }: Page) {
  const isFavourite: SQL = sql`${tasks.favUserIds} @> array[${userId}]::int[]`
  return db
    .select({ id: tasks.id, project_id: tasks.projectId })
    .from(tasks)
    .where(and(isFavourite, gt(tasks.id, after)))
    .orderBy(asc(tasks.id))
    .limit(limit)
}

export function listOwnPosts(db: Reader, { userId, after, limit }: Page) {
  return db
    .select()
    .from(blogposts)
    .where(and(eq(blogposts.userId, userId), gt(blogposts.id, after)))
    .orderBy(asc(blogposts.id))
    .limit(limit)
}

/** Owned, in the trash too. */
export function listOwnProjects(db: Reader, { userId, after, limit }: Page) {
  return db
    .select()
    .from(projects)
    .where(and(eq(projects.ownerId, userId), gt(projects.id, after)))
    .orderBy(asc(projects.id))
    .limit(limit)
}

/** Ways to sign in; bounded by what one person sets up. No key: it opens the account. */
export function listOwnPasskeys(db: Reader, userId: number) {
  const { name, created, lastUsed } = passkeys
  return db.select({ name, created, lastUsed }).from(passkeys).where(eq(passkeys.userId, userId))
}

export function listOwnIdentities(db: Reader, userId: number) {
  const { issuer, subject, created } = identities
  return db
    .select({ issuer, subject, created })
    .from(identities)
    .where(eq(identities.userId, userId))
}
