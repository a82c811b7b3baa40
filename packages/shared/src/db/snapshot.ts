import { sql } from 'drizzle-orm'
import type { Reader, Writer } from './types.ts'

/** Runs `work` in a read-only transaction on `db` that sees one moment and has no time limit. Every
 *  `Reader` is a Drizzle database at run time, which makes the cast safe; the server itself refuses
 *  anything but reads. */
export async function inSnapshot<T>(db: Reader, work: (tx: Reader) => Promise<T>): Promise<T> {
  return await (db as Writer).transaction(
    async (tx) => {
      await tx.execute(sql`set local statement_timeout = 0`)
      return await work(tx)
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
}
