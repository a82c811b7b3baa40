import { z } from 'zod'

/** An archive of everything that the platform keeps of an account. */
export const PersonalDataExport = z
  .object({
    id: z.string(),
    state: z.enum(['waiting', 'done', 'failed']),
    created: z.string(),
    finished: z.string().nullable(),
    bytes: z.int().nullable(),
    download_url: z.string().nullable().describe('Works for a day, for whoever has it'),
  })
  .meta({ id: 'PersonalDataExport' })
export type PersonalDataExport = z.infer<typeof PersonalDataExport>

/** `GET /api/account/export`: the newest one, if any was asked for in the last days. */
export const PersonalDataState = z
  .object({ export: PersonalDataExport.nullable() })
  .meta({ id: 'PersonalDataState' })
export type PersonalDataState = z.infer<typeof PersonalDataState>
