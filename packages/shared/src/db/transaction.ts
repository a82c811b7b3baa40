import { databaseError } from './failures.ts'
import type { Writer } from './types.ts'

const TRIES = 4

/** Runs `work` in a transaction, again when the server ended it as one of two that waited for each other
 *  (a deadlock): nothing of it was stored. For work on many rows; on one row there is no such cycle. */
export async function retryingDeadlocks<T>(
  db: Writer,
  work: (tx: Writer) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction(work)
    } catch (error) {
      if (attempt >= TRIES || databaseError(error)?.code !== '40P01') throw error
    }
  }
}
