import { z } from 'zod'

/** `POST /api/projects/<short_name>/publish`; no body at all keeps the answers. */
export const PublishRequest = z
  .strictObject({
    /** What becomes of the answers that the project was tried out with. `archive` puts them aside, to be
     *  downloaded by the owners, and every task begins anew. */
    test_answers: z.enum(['keep', 'archive']).default('keep'),
  })
  .meta({ id: 'PublishRequest' })
export type PublishRequest = z.infer<typeof PublishRequest>
