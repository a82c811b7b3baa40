import type { ListShape } from '../db/list.ts'
import { announcements } from './table.ts'

export const announcementList: ListShape = {
  name: 'Announcement',
  fields: {
    id: { column: announcements.id, kind: 'int' },
    created: { column: announcements.created, kind: 'moment' },
    updated: { column: announcements.updated, kind: 'moment' },
    user_id: { column: announcements.userId, kind: 'int' },
    title: { column: announcements.title, kind: 'text' },
    body: { column: announcements.body, kind: 'text' },
    info: { column: announcements.info, kind: 'json' },
    media_url: { column: announcements.mediaUrl, kind: 'text' },
    published: { column: announcements.published, kind: 'bool' },
  },
}
