import { z } from 'zod'

/** News of a project, written by its owners. */
export const Blogpost = z
  .object({
    id: z.int32(),
    created: z.string(),
    updated: z.string(),
    project_id: z.int32(),
    user_id: z.int32().nullable(),
    title: z.string(),
    body: z.string(),
    info: z.record(z.string(), z.unknown()),
    media_url: z.string().nullable(),
    published: z.boolean(),
    link: z.string().optional(),
    links: z.array(z.string()).optional(),
  })
  .meta({ id: 'Blogpost' })
export type Blogpost = z.infer<typeof Blogpost>

const writable = {
  title: z.string().min(1, 'must not be empty').max(255),
  body: z.string(),
  info: z.record(z.string(), z.unknown()),
  media_url: z.string().nullable(),
  published: z.boolean(),
}

/** `POST /api/blogpost`. */
export const BlogpostInput = z
  .strictObject({ project_id: z.int32(), ...writable })
  .partial()
  .required({ project_id: true, title: true, body: true })
  .meta({ id: 'BlogpostInput' })
export type BlogpostInput = z.infer<typeof BlogpostInput>

/** `PUT /api/blogpost/<id>`. */
export const BlogpostChange = z.strictObject(writable).partial().meta({ id: 'BlogpostChange' })
export type BlogpostChange = z.infer<typeof BlogpostChange>
