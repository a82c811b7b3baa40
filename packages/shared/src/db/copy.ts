import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { SQL } from 'drizzle-orm'
import type { SqlClient } from './connection.ts'
import type { Reader } from './types.ts'

/** Rows are handed on in pieces of about so many bytes: row by row would cost more than all the rest. */
const PIECE_BYTES = 64 * 1024

/** The rows of a select as PostgreSQL's COPY text: whole lines, ended by a newline each. Half of what a
 *  select costs the server, and nothing is kept: whoever reads slowly slows the server down. `db` must
 *  be a transaction.
 *
 *  Stopping early throws away what the query still has to send, since a transaction cannot end before:
 *  so ask for a part at a time. */
export async function* copyOut(db: Reader, query: SQL): AsyncGenerator<Buffer> {
  const rows = await openCopy(db, query)
  let piece: Buffer[] = []
  let bytes = 0
  try {
    // Destroying the stream would stop the connection from being read, for ever.
    for await (const row of rows.iterator({ destroyOnReturn: false })) {
      const more = rows.readableLength > 0 ? rows.read(rows.readableLength) : null
      piece.push(row)
      if (more) piece.push(more)
      bytes += row.length + (more?.length ?? 0)
      if (bytes < PIECE_BYTES) continue
      yield Buffer.concat(piece)
      piece = []
      bytes = 0
    }
    if (bytes > 0) yield Buffer.concat(piece)
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
