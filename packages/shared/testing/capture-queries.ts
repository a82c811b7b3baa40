import type { Logger } from 'drizzle-orm'
import type { Writer } from '../src/db/types.ts'

export interface CapturedQuery {
  text: string
  parameters: unknown[]
}

/** Notes every statement that is sent through `db` from now on, word for word. Returns what takes the
 *  notes. The session of a Drizzle database holds its logger, though its type does not say so. */
export function captureQueries(db: Writer): () => CapturedQuery[] {
  let queries: CapturedQuery[] = []
  const logger: Logger = {
    logQuery: (text, parameters) => void queries.push({ text, parameters }),
  }
  const { session } = db as unknown as { session: { logger: Logger } }
  session.logger = logger
  return () => {
    const taken = queries
    queries = []
    return taken
  }
}
