import { z } from 'zod'

export const Category = z
  .object({
    id: z.int32(),
    name: z.string(),
    short_name: z.string(),
    description: z.string(),
    created: z.string(),
    info: z.record(z.string(), z.unknown()),
    link: z.string().optional(),
    /** Of a full-text search. */
    headline: z.string().optional(),
    rank: z.number().optional(),
  })
  .meta({ id: 'Category' })
export type Category = z.infer<typeof Category>

export const CategoryInput = z
  .strictObject({
    name: z.string().min(1).max(255),
    short_name: z.string().min(1).max(255),
    description: z.string(),
    info: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'CategoryInput' })
export type CategoryInput = z.infer<typeof CategoryInput>
