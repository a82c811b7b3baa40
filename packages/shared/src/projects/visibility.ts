import { or, type SQL, sql } from 'drizzle-orm'
import { projects } from './table.ts'

/** Whoever looks at a list, as far as visibility goes. */
export interface Viewer {
  userId: number | null
  isAdmin: boolean
}

/** The projects that `viewer` may see: published ones, and drafts by their owners. Undefined: all. */
export function visibleProjects(viewer: Viewer): SQL | undefined {
  if (viewer.isAdmin) return undefined
  // A password-protected project shows itself only to its owners until the password is given.
  const open = sql`(${projects.published} and ${projects.info} ->> 'passwd_hash' is null)`
  return viewer.userId === null ? open : or(open, ownedBy(viewer.userId))
}

/** The creator and the co-owners. */
export function ownedBy(userId: number): SQL {
  return sql`${projects.ownersIds} @> array[${userId}]::int[]`
}
