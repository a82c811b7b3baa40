import { and, or, type SQL, sql } from 'drizzle-orm'
import { type Caller, mayModerate } from '../users/policy.ts'
import { projects } from './table.ts'

/** Whoever looks at a list, as far as visibility goes. */
export type Viewer = Caller

/** The projects that `viewer` may see: `mayReadProject` as a condition. */
export function visibleProjects(viewer: Viewer): SQL | undefined {
  if (mayModerate(viewer)) return notTrashed
  return and(notTrashed, or(sql`${projects.published}`, insideOf(viewer)))
}

/** The projects whose tasks, answers and other contents `viewer` may see: `mayReadContents` as a
 *  condition. */
export function readableProjects(viewer: Viewer): SQL | undefined {
  if (mayModerate(viewer)) return notTrashed
  return and(notTrashed, or(openToAll, insideOf(viewer)))
}

/** Published and without a password. */
export const openToAll = sql`(${projects.published} and ${projects.passwordHash} is null)`

export const notTrashed = sql`${projects.trashed} is null`

/** Thrown away, and not asked to be deleted for good (trash/repository.ts). */
export const inTrash = sql`${projects.trashed} > 'epoch'`

/** The creator and the co-owners. */
export function ownedBy(userId: number): SQL {
  return sql`${projects.ownersIds} @> array[${userId}]::int[]`
}

/** Owners, testers, and whoever has given the password. */
function insideOf({ userId, passes }: Viewer): SQL | undefined {
  const pass =
    passes.length > 0
      ? sql`(${projects.id} in ${passes} and ${projects.passwordHash} is not null)`
      : undefined
  if (userId === null) return pass
  return or(ownedBy(userId), sql`${projects.testersIds} @> array[${userId}]::int[]`, pass)
}
