import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { SQL } from 'drizzle-orm'
import type { SqlClient } from './connection.ts'
import type { Reader } from './types.ts'

/** The rows of a select as PostgreSQL's COPY text: whole lines, ended by a newline each, in the pieces in
 *  which they arrive. Half of what a select costs the server, and nothing is kept: whoever reads slowly
 *  slows the server down. `db` must be a transaction.
 *
 *  Stopping early throws away what the query still has to send, since a transaction cannot end before:
 *  so ask for a part at a time. */
export async function* copyOut(db: Reader, query: SQL): AsyncGenerator<Buffer> {
  const rows = await openCopy(db, query)
  try {
    // Destroying the stream would stop the connection from being read, for ever.
    for await (const row of rows.iterator({ destroyOnReturn: false })) {
      // Row by row would cost more than all the rest: what else has arrived comes along.
      const more = rows.readableLength > 0 ? rows.read(rows.readableLength) : null
      yield more ? Buffer.concat([row, more]) : row
    }
  } finally {
    rows.resume()
    await finished(rows).catch(() => {})
    // The driver pauses its connection when rows come faster than they are used, and goes on when more are
    // asked for. After the last row nobody asks, so a connection paused just then would stay so for ever.
    rows._read(0)
  }
}

/** COPY takes no parameters, so numbers and texts are written into the query; and Drizzle does not know it,
 *  so this asks the driver behind it. Every transaction of Drizzle's postgres.js driver has these two
 *  fields, which makes the cast safe; a test would fail first if a new version had not. */
function openCopy(db: Reader, query: SQL): Promise<Readable> {
  const { session, dialect } = db as unknown as {
    session: { client: SqlClient }
    dialect: { sqlToQuery: (query: SQL) => { sql: string } }
  }
  const { sql } = dialect.sqlToQuery(query.inlineParams())
  return session.client.unsafe(`copy (${sql}) to stdout`).readable()
}
