import { type Caller, mayModerate } from '../users/policy.ts'

/** What is not published yet is seen by those who write announcements (rest-api.md 10.2, 7). */
export function mayReadAnnouncement(caller: Caller, announcement: { published: boolean }): boolean {
  return announcement.published || mayModerate(caller)
}

/** Writing, changing and deleting. */
export function mayWriteAnnouncements(caller: Caller): boolean {
  return mayModerate(caller)
}
