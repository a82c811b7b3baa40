import type { Announcement } from './contract.ts'
import type { AnnouncementRow } from './table.ts'

export function toAnnouncementView(row: AnnouncementRow): Announcement {
  return {
    id: row.id,
    created: row.created,
    updated: row.updated,
    user_id: row.userId,
    title: row.title,
    body: row.body,
    info: row.info,
    media_url: row.mediaUrl,
    published: row.published,
  }
}
