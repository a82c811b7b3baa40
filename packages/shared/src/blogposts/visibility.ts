import { eq, or, type SQL, sql } from 'drizzle-orm'
import { projects } from '../projects/table.ts'
import { ownedBy } from '../projects/visibility.ts'
import { type Caller, mayModerate } from '../users/policy.ts'
import { blogposts } from './table.ts'

/** The posts of a readable project that `viewer` may see: `mayReadBlogpost` as a condition. */
export function visibleBlogposts(viewer: Caller): SQL | undefined {
  if (mayModerate(viewer)) return undefined
  const published = sql`${blogposts.published}`
  if (viewer.userId === null) return published
  const ofOwnProject = sql`exists (select 1 from ${projects}
    where ${projects.id} = ${blogposts.projectId} and ${ownedBy(viewer.userId)})`
  return or(published, eq(blogposts.userId, viewer.userId), ofOwnProject)
}
