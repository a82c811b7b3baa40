import { z } from 'zod'

/** Something that helps volunteers with a project's tasks: a picture, a recording, with its metadata. */
export const HelpingMaterial = z
  .object({
    id: z.int32(),
    created: z.string(),
    project_id: z.int32(),
    info: z.record(z.string(), z.unknown()),
    media_url: z.string().nullable(),
    priority: z.number(),
    link: z.string().optional(),
    links: z.array(z.string()).optional(),
    /** Of a full-text search. */
    headline: z.string().optional(),
    rank: z.number().optional(),
  })
  .meta({ id: 'HelpingMaterial' })
export type HelpingMaterial = z.infer<typeof HelpingMaterial>

const writable = {
  info: z.record(z.string(), z.unknown()),
  media_url: z.string().nullable(),
  priority: z.number(),
}

/** `POST /api/helpingmaterial`. */
export const HelpingMaterialInput = z
  .strictObject({ project_id: z.int32(), ...writable })
  .partial()
  .required({ project_id: true })
  .meta({ id: 'HelpingMaterialInput' })
export type HelpingMaterialInput = z.infer<typeof HelpingMaterialInput>

/** `PUT /api/helpingmaterial/<id>`. */
export const HelpingMaterialChange = z
  .strictObject(writable)
  .partial()
  .meta({ id: 'HelpingMaterialChange' })
export type HelpingMaterialChange = z.infer<typeof HelpingMaterialChange>
