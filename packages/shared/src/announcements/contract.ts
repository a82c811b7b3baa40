import { z } from 'zod'

/** News of the whole site, written by those who moderate it. */
export const Announcement = z
  .object({
    id: z.int32(),
    created: z.string(),
    updated: z.string(),
    user_id: z.int32().nullable(),
    title: z.string(),
    body: z.string(),
    info: z.record(z.string(), z.unknown()),
    media_url: z.string().nullable(),
    published: z.boolean(),
    link: z.string().optional(),
  })
  .meta({ id: 'Announcement' })
export type Announcement = z.infer<typeof Announcement>

const writable = {
  title: z.string().min(1, 'must not be empty').max(255),
  body: z.string(),
  info: z.record(z.string(), z.unknown()),
  media_url: z.string().nullable(),
  published: z.boolean(),
}

/** `POST /api/announcement`. */
export const AnnouncementInput = z
  .strictObject(writable)
  .partial()
  .required({ title: true, body: true })
  .meta({ id: 'AnnouncementInput' })
export type AnnouncementInput = z.infer<typeof AnnouncementInput>

/** `PUT /api/announcement/<id>`. */
export const AnnouncementChange = z
  .strictObject(writable)
  .partial()
  .meta({ id: 'AnnouncementChange' })
export type AnnouncementChange = z.infer<typeof AnnouncementChange>
