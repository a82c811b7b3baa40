import { z } from 'zod'

/** `POST /api/favorites`. */
export const FavoriteInput = z.strictObject({ task_id: z.int32() }).meta({ id: 'FavoriteInput' })
export type FavoriteInput = z.infer<typeof FavoriteInput>
