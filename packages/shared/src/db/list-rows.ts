import {
  and,
  asc,
  desc,
  eq,
  getTableColumns,
  inArray,
  type SQL,
  type SQLWrapper,
  sql,
} from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { ValidationError } from '../errors/errors.ts'
import { databaseError } from './failures.ts'
import type { ListField, ListQuery } from './list.ts'
import { selectRows } from './raw.ts'
import type { Reader } from './types.ts'

/** Rows that belong to something (a project) whose own row decides who may see them. */
export interface ListScope {
  /** The column of the listed table, and the table and id that it refers to. */
  column: PgColumn
  parents: PgTable
  parentId: PgColumn
  /** On the parent's row. */
  condition: SQL | undefined
  /** Few parents fulfil it, so that their rows are found through them. */
  narrow: boolean
}

/** What a full-text search adds to a row, by its names on the wire. */
export interface Found {
  headline?: string
  rank?: number
}
export type Listed<Row> = Row & { found?: Found }

/** Rows looked at, one by one, for what no index serves. Beyond it the caller must narrow the list. */
export const MAX_WALK = 100_000
/** Rows passed by id before the index of a filter is taken instead. */
const LITTLE_WALK = 5_000
const LITTLE_WALK_EACH = 200
/** The same where each row's text is taken apart into words. */
export const MAX_SEARCH_WALK = 20_000
/** Hits of a full-text search that are ranked; of more, those that are found first. */
export const MAX_RANKED = 10_000

/** The rows of one page. On a table of millions of rows it costs what the page costs: rows are found
 *  through an index on (project, field, id), project by project where there are several; only their ids
 *  are sorted and skipped, and only the page's own rows are read whole. What no index serves is walked,
 *  up to MAX_WALK rows. Throws ValidationError beyond that, and for a bad text query. */
export async function listRows<Row>(
  db: Reader,
  table: PgTable,
  query: ListQuery,
  scope?: ListScope,
  extra?: SQL,
): Promise<Array<Listed<Row>>> {
  if (query.limit === 0) return []
  const list = new ListStatement(table, query, scope, extra)
  if (query.search) return findRows<Row>(db, list)
  if (list.isUnindexedOrder) await assertSmall(db, list)
  const rows = await db
    .select()
    .from(table)
    .where(sql`${list.id} in (${list.pageIds()})`)
    .orderBy(...query.orderBy)
  if (query.parts.walked && rows.length < query.limit) await assertWalkedAll(db, list, MAX_WALK)
  return rows as Array<Listed<Row>>
}

/** A page of full-text hits: the best first, then in the list's order. */
async function findRows<Row>(db: Reader, list: ListStatement): Promise<Array<Listed<Row>>> {
  const { search } = list.query
  if (!search) return []
  try {
    const hits = await selectRows<{ id: number; rank: number; headline: string | null }>(
      db,
      list.hits(search),
    )
    if (hits.length < list.query.limit && !list.isSearchIndexed)
      await assertWalkedAll(db, list, MAX_SEARCH_WALK)
    const ids = hits.map((hit) => Number(hit.id))
    if (ids.length === 0) return []
    const rows = await db.select().from(list.table).where(sql`${list.id} in ${ids}`)
    const byId = new Map(rows.map((row) => [Number(row.id), row]))
    return hits.flatMap(({ id, rank, headline }) => {
      const row = byId.get(Number(id))
      const found = { ...(headline && { headline }), ...(rank && { rank }) }
      return row ? [{ ...row, found } as Listed<Row>] : []
    })
  } catch (error) {
    // The syntax of a text query is PostgreSQL's to judge.
    if (databaseError(error)?.code !== '42601') throw error
    throw new ValidationError('info: the words to search for are not a valid text query', 'value', [
      { field: 'info', message: 'must be key::words, the words joined by & or <->' },
    ])
  }
}

/** Throws ValidationError when an order without an index would have too many rows to sort. */
async function assertSmall(db: Reader, list: ListStatement): Promise<void> {
  if ((await selectRows(db, list.rowBeyond(MAX_WALK))).length > 0) throw tooMany('orderby')
}

/** Throws ValidationError when a page is short because the walk ended before the rows did. */
async function assertWalkedAll(db: Reader, list: ListStatement, walk: number): Promise<void> {
  if ((await selectRows(db, list.rowBeyond(walk))).length > 0) throw tooMany('info')
}

function tooMany(field: string): ValidationError {
  return new ValidationError(
    `${field}: there are too many rows for this; narrow the list, for example by project_id, task_id or last_id`,
    'data',
    [{ field, message: 'is possible for a smaller list only' }],
  )
}

/** Writes the statements of one list. */
class ListStatement {
  readonly id: PgColumn
  readonly table: PgTable
  readonly query: ListQuery
  readonly #scope: ListScope | undefined
  readonly #filters: SQL | undefined
  /** What every row of the list fulfils, beside its scope and the filters. */
  readonly #base: SQL | undefined

  constructor(
    table: PgTable,
    query: ListQuery,
    scope: ListScope | undefined,
    extra: SQL | undefined,
  ) {
    this.table = table
    this.query = query
    this.#scope = scope
    this.#filters = query.parts.filters
    this.#base = and(query.parts.after, extra)
    this.id = getTableColumns(table).id as PgColumn
  }

  get isUnindexedOrder(): boolean {
    return (this.query.parts.order.field.unordered ?? false) && !this.query.parts.pinpoint
  }

  get isSearchIndexed(): boolean {
    return this.query.search?.indexed ?? false
  }

  /** The ids of the page, in no order. */
  pageIds(): SQL {
    const { limit, offset } = this.query
    const page = sql`limit ${limit} offset ${offset}`
    if (this.query.parts.walked) {
      return sql`select ${this.id} from ${this.#walk(MAX_WALK)} where ${this.query.parts.walked}
        order by ${this.#order()} ${page}`
    }
    if (!this.#goesByParents()) {
      const within = this.#within()
      if (this.#isPlainOrder()) {
        return sql`select ${this.id} from ${this.table} ${whereClause(and(within, this.#filters))} order by ${this.#order()} ${page}`
      }
      return sql`select l.id from (${this.#first(within, limit + offset)}) l order by ${this.#outerOrder()} ${page}`
    }
    if (this.#isScattered && !this.#isNarrow) {
      const all = sql`select l.id, l.key from (${this.#parents()}) parent
        cross join lateral (${this.#allMatching(this.#inOne(), limit + offset)}) l`
      return sql`select l.id from (${this.#nearOr(this.#within(), limit + offset, LITTLE_WALK, all)}) l
        order by ${this.#outerOrder()} ${page}`
    }
    return sql`select l.id from (${this.#parents()}) parent
      cross join lateral (${this.#first(this.#inOne(), limit + offset)}) l
      order by ${this.#outerOrder()} ${page}`
  }

  /** Ids, ranks and headlines of a page of hits, the best first. */
  hits({ matches, rank, headline, indexed }: NonNullable<ListQuery['search']>): SQL {
    const { limit, offset } = this.query
    const source = indexed
      ? sql`(select * from ${this.table} ${whereClause(and(this.#within(), this.#filters, matches))}
          limit ${MAX_RANKED}) ${this.table}`
      : this.#walk(MAX_SEARCH_WALK)
    return sql`select ${this.id}, page.rank, ${headline} as headline
      from (select ${this.id} as hit, ${rank} as rank from ${source} ${whereClause(indexed ? undefined : matches)}
        order by rank desc, ${this.#order()} limit ${limit} offset ${offset}) page
      join ${this.table} on ${this.id} = page.hit
      order by page.rank desc, ${this.#order()}`
  }

  /** A row, if there are more than `count` without what is walked for. */
  rowBeyond(count: number): SQL {
    if (!this.#goesByParents()) {
      return sql`select 1 from ${this.table} ${whereClause(and(this.#within(), this.#filters))} offset ${count} limit 1`
    }
    return sql`select 1 from (${this.#parents()}) parent cross join lateral (
      select 1 from ${this.table} where ${and(this.#inOne(), this.#filters)} offset ${count} limit 1) l limit 1`
  }

  /** The first `count` rows by id, under the table's own name: of each parent, where that is the way. */
  #walk(count: number): SQL {
    const direction = this.query.parts.order.key === this.id ? this.#order() : asc(this.id)
    if (!this.#goesByParents()) {
      return sql`(select * from ${this.table} ${whereClause(and(this.#within(), this.#filters))}
        order by ${direction} limit ${count}) ${this.table}`
    }
    return sql`(select l.* from (${this.#parents()}) parent cross join lateral (
      select * from ${this.table} where ${and(this.#inOne(), this.#filters)} order by ${direction} limit ${count}) l) ${this.table}`
  }

  /** Rows are found through their parents, unless a filter finds few rows by itself, there is one parent
   *  only, or nearly all rows qualify and come by id. */
  #goesByParents(): boolean {
    const { projects, pinpoint, order, onlyCommon } = this.query.parts
    if (!this.#scope || pinpoint || projects?.ids.length === 1) return false
    if (this.#scope.narrow || projects) return true
    const byId = order.key === this.id
    if (byId && this.query.parts.walked) return false
    return !(onlyCommon && (byId || order.field.ordersAll))
  }

  #parents(): SQL {
    const { parents, parentId, condition } = this.#scope as ListScope
    const { projects } = this.query.parts
    const named = projects && inArray(parentId, projects.ids)
    return sql`select ${parentId} as id from ${parents} ${whereClause(and(named, condition))}`
  }

  #inOne(): SQL | undefined {
    return and(sql`${this.#scope?.column} = parent.id`, this.#base)
  }

  /** Every row that the filters choose from, as one condition on the table. */
  #within(): SQL | undefined {
    const { projects } = this.query.parts
    const named = projects && inArray(projects.column, projects.ids)
    if (!this.#scope) return and(named, this.#base)
    const { column, parents, parentId, condition } = this.#scope
    const [only, second] = projects?.ids ?? []
    if (only !== undefined && second === undefined) {
      return and(
        eq(column, only),
        sql`exists (select 1 from ${parents} where ${and(eq(parentId, only), condition)})`,
        this.#base,
      )
    }
    if (this.query.parts.pinpoint || this.isSearchIndexed) {
      // Asked of each of the few rows: a join would tempt the planner to begin with the projects.
      const parent = and(sql`${parentId} = ${column}`, condition)
      return and(named, sql`(select true from ${parents} where ${parent})`, this.#base)
    }
    return and(
      named,
      sql`exists (select 1 from ${parents} where ${and(sql`${parentId} = ${column}`, condition)})`,
      this.#base,
    )
  }

  get #isScattered(): boolean {
    return this.query.parts.scattered && this.query.parts.order.key === this.id
  }

  /** The rows of few parents are asked for. */
  get #isNarrow(): boolean {
    return this.#scope?.narrow === true || this.query.parts.projects !== undefined
  }

  #isPlainOrder(): boolean {
    const { key, field, descending } = this.query.parts.order
    if (key === this.id) return !(this.#scope && this.#isScattered)
    if (field.unordered) return true
    // Of two values one has been chosen by a filter, or the list is small.
    if (field.kind === 'bool') return true
    return field.usual === undefined && !(field.fewValues && descending)
  }

  #order(): SQL {
    return sql.join(this.query.orderBy, sql`, `)
  }

  #outerOrder(): SQL {
    return sql`${this.query.parts.order.descending ? desc(sql`l.key`) : asc(sql`l.key`)}, l.id`
  }

  /** The first `count` rows by the order, as `id` and `key`: the usual and the unusual values apart, as
   *  the index has only the latter. */
  #first(within: SQL | undefined, count: number): SQL {
    const { field, key } = this.query.parts.order
    const where = and(within, this.#filters)
    if (this.#isScattered) {
      const walk = this.#goesByParents() ? LITTLE_WALK_EACH : LITTLE_WALK
      return this.#nearOr(within, count, walk, this.#allMatching(within, count))
    }
    if (field.usual === undefined || field.unordered) return this.#firstOf(where, count)
    const [usual, unusual] = splitByUsual(field, key)
    return sql`(${this.#firstOf(and(where, unusual), count)}) union all
      (select ${this.id} as id, ${key} as key from ${this.table} ${whereClause(and(where, usual))}
        order by ${this.id} limit ${count})`
  }

  /** The first rows by id of a filter whose index is in another order. The planner takes the matching rows
   *  for evenly spread and would walk by id; times and contents are not, and it may then pass millions. So
   *  it walks a little, and where that does not fill the page, takes all matching rows and sorts their ids. */
  #nearOr(within: SQL | undefined, count: number, walk: number, all: SQL): SQL {
    const direction = this.query.parts.order.descending ? desc : asc
    return sql`with near as materialized (
        select ${this.id} as id from (select * from ${this.table} ${whereClause(within)}
          order by ${direction(this.id)} limit ${walk}) ${this.table}
        where ${this.#filters} order by ${direction(this.id)} limit ${count}
      )
      select id, id as key from near where (select count(*) from near) = ${count}
      union all
      select rest.id, rest.key from (${all}) rest where (select count(*) from near) < ${count}`
  }

  /** The first rows by id, through the index of the filter. */
  #allMatching(within: SQL | undefined, count: number): SQL {
    const direction = this.query.parts.order.descending ? desc : asc
    return sql`select ${this.id} as id, ${this.id} as key from ${this.table}
      ${whereClause(and(within, this.#filters))}
      order by ${direction(sql`${this.id} + 0`)} limit ${count}`
  }

  #firstOf(where: SQL | undefined, count: number): SQL {
    const { field, key, descending } = this.query.parts.order
    const rows = (condition: SQL | undefined, order: SQL) =>
      sql`select ${this.id} as id, ${key} as key from ${this.table} ${whereClause(condition)} order by ${order} limit ${count}`
    if (!(descending && field.fewValues) || field.kind === 'bool') return rows(where, this.#order())
    // Many rows are equal by a column of few values, and among them the order is by ascending id, which
    // no index has beside a descending one. So: the lowest value that the first rows reach, everything
    // above it, and the first of that value by id.
    const lowest = sql`(select min(f.key) from (
      select ${key} as key from ${this.table} ${whereClause(where)} order by ${desc(key)} limit ${count}) f)`
    const mayBeNull = !field.column.notNull && field.kind !== 'favourites'
    const parts = [
      ...(mayBeNull ? [rows(and(where, sql`${key} is null`), sql`${this.id}`)] : []),
      rows(and(where, sql`${key} > ${lowest}`), desc(key)),
      rows(and(where, sql`${key} = ${lowest}`), sql`${this.id}`),
    ]
    return sql.join(
      parts.map((part) => sql`(${part})`),
      sql` union all `,
    )
  }
}

function splitByUsual({ usual }: ListField, key: SQLWrapper): [usual: SQL, unusual: SQL] {
  if (usual === null) return [sql`${key} is null`, sql`${key} is not null`]
  const value = sql.raw(String(usual))
  return [sql`${key} = ${value}`, sql`${key} <> ${value}`]
}

function whereClause(condition: SQL | undefined): SQL {
  return condition ? sql`where ${condition}` : sql``
}
