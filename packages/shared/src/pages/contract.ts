import { z } from 'zod'

/** A page that an outside application shows of a project: its slug, and in `info` what it consists of. */
export const Page = z
  .object({
    id: z.int32(),
    created: z.string(),
    slug: z.string(),
    project_id: z.int32(),
    info: z.record(z.string(), z.unknown()),
    media_url: z.string().nullable(),
    link: z.string().optional(),
    links: z.array(z.string()).optional(),
    /** Of a full-text search. */
    headline: z.string().optional(),
    rank: z.number().optional(),
  })
  .meta({ id: 'Page' })
export type Page = z.infer<typeof Page>

const writable = {
  slug: z.string().min(1, 'must not be empty').max(255),
  info: z.record(z.string(), z.unknown()),
  media_url: z.string().nullable(),
}

/** `POST /api/page`. */
export const PageInput = z
  .strictObject({ project_id: z.int32(), ...writable })
  .partial()
  .required({ project_id: true, slug: true })
  .meta({ id: 'PageInput' })
export type PageInput = z.infer<typeof PageInput>

/** `PUT /api/page/<id>`. */
export const PageChange = z.strictObject(writable).partial().meta({ id: 'PageChange' })
export type PageChange = z.infer<typeof PageChange>
