import { z } from 'zod'

/** A picture that is sent as a form. */
export const PictureForm = z
  .object({ file: z.string().meta({ format: 'binary' }) })
  .meta({ id: 'PictureForm' })

export const Thumbnail = z
  .object({ thumbnail_url: z.string().nullable() })
  .meta({ id: 'Thumbnail' })
export type Thumbnail = z.infer<typeof Thumbnail>

export const Avatar = z.object({ avatar_url: z.string().nullable() }).meta({ id: 'Avatar' })
export type Avatar = z.infer<typeof Avatar>
