import { z } from 'zod'

/** `DELETE /api/account`. An account without a password needs a sign-in of the last ten minutes instead. */
export const EraseAccount = z
  .strictObject({ password: z.string().min(1).max(200).optional() })
  .meta({ id: 'EraseAccount' })
export type EraseAccount = z.infer<typeof EraseAccount>
