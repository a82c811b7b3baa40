import { eq, type SQL } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { ListQuery } from './list.ts'
import { type Listed, listRows } from './list-rows.ts'
import type { Reader, Writer } from './types.ts'

/** The queries of a table that has one row per object of the wire and nothing more to it. */
export interface TableQueries<Row, New> {
  find(db: Reader, id: number): Promise<Row | undefined>
  /** Locks the row until `tx` ends, so that two changes of it do not miss each other. */
  lock(tx: Writer, id: number): Promise<Row | undefined>
  list(db: Reader, query: ListQuery, scope?: SQL): Promise<Array<Listed<Row>>>
  insert(db: Writer, row: New): Promise<Row>
  /** Undefined when the row is gone. A change of nothing leaves the row as it is. */
  update(
    db: Writer,
    id: number,
    change: { [Name in keyof New]?: New[Name] | undefined },
  ): Promise<Row | undefined>
  remove(db: Writer, id: number): Promise<void>
}

export function tableQueries<T extends PgTable & { id: PgColumn }>(
  table: T,
): TableQueries<T['$inferSelect'], T['$inferInsert']> {
  type Row = T['$inferSelect']
  // Drizzle cannot infer the rows of a table that is a type parameter; they are those of the table.
  const plain: PgTable = table
  const rows = (found: unknown) => found as Row[]
  const byId = (id: number) => eq(table.id, id)
  const queries: TableQueries<Row, T['$inferInsert']> = {
    find: async (db, id) => rows(await db.select().from(plain).where(byId(id)))[0],
    lock: async (tx, id) => rows(await tx.select().from(plain).where(byId(id)).for('update'))[0],
    list: (db, query, scope) => listRows<Row>(db, plain, query, undefined, scope),
    async insert(db, row) {
      const [inserted] = rows(await db.insert(plain).values(row).returning())
      if (!inserted) throw new Error('insert returned no row')
      return inserted
    },
    async update(db, id, change) {
      if (Object.values(change).every((value) => value === undefined)) return queries.find(db, id)
      return rows(await db.update(plain).set(change).where(byId(id)).returning())[0]
    },
    async remove(db, id) {
      await db.delete(plain).where(byId(id))
    },
  }
  return queries
}
