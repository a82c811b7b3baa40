import type {
  AnnouncementChange,
  AnnouncementInput,
} from '@manyhands/shared/announcements/contract'
import { announcementList } from '@manyhands/shared/announcements/list-shape'
import { mayReadAnnouncement, mayWriteAnnouncements } from '@manyhands/shared/announcements/policy'
import { announcementRows } from '@manyhands/shared/announcements/repository'
import type { AnnouncementRow } from '@manyhands/shared/announcements/table'
import { visibleAnnouncements } from '@manyhands/shared/announcements/visibility'
import { contentService } from '../content/content-service.ts'
import { onSite } from '../content/places.ts'

export const announcementService = contentService({
  name: 'announcement',
  shape: announcementList,
  rows: announcementRows,
  places: onSite,
  mayRead: (caller, announcement: AnnouncementRow) => mayReadAnnouncement(caller, announcement),
  mayCreate: mayWriteAnnouncements,
  mayChange: mayWriteAnnouncements,
  visible: visibleAnnouncements,
  toRow: ({ media_url, ...rest }: AnnouncementInput, userId) => ({
    ...rest,
    mediaUrl: media_url,
    userId,
  }),
  toChange: ({ media_url, ...rest }: AnnouncementChange) => ({ ...rest, mediaUrl: media_url }),
})
