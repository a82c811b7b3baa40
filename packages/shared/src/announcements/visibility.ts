import { type SQL, sql } from 'drizzle-orm'
import { type Caller, mayModerate } from '../users/policy.ts'
import { announcements } from './table.ts'

/** The announcements that `viewer` may see: `mayReadAnnouncement` as a condition. */
export function visibleAnnouncements(viewer: Caller): SQL | undefined {
  return mayModerate(viewer) ? undefined : sql`${announcements.published}`
}
