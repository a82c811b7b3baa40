import { z } from 'zod'

/** The outbox topic of an account that is gone and whose traces are to follow. */
export const ACCOUNT_ERASED = 'account-erased'

export const AccountErased = z.object({ userId: z.int() })
