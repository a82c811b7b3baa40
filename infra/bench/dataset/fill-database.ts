import postgres from 'postgres'
import { type Layout, layoutOf } from './layout.ts'
import { COUNTERS, resultRows, smallRows, taskRows, taskRunRows } from './statements.ts'

export interface FilledDatabase {
  layout: Layout
  seconds: number
  bytes: number
}

/** Every one that refers to another stands before it. */
const LARGE = ['results', 'task_runs', 'tasks']
/** As many statements at once as the machines that this is for have cores. */
const HANDS = 2

/** Fills a migrated, empty database: at scale 1 with a million tasks and ten million answers in about
 *  three minutes. The large tables become unlogged, so a crash of the server empties them, and their
 *  indexes are made at the end. For tests and benches. */
export async function fillDatabase(
  url: string,
  scale: number,
  say: (text: string) => void = () => {},
): Promise<FilledDatabase> {
  const began = Date.now()
  const layout = layoutOf(scale)
  const sql = postgres(url, {
    max: HANDS,
    onnotice: () => {},
    connection: {
      session_replication_role: 'replica', // no foreign keys are checked: the rows fit by their making
      maintenance_work_mem: '512MB',
      max_parallel_maintenance_workers: 0,
      synchronous_commit: 'off',
      statement_timeout: 0,
    },
  })
  const step = async (name: string, work: () => Promise<unknown>) => {
    const start = Date.now()
    await work()
    say(`${name}: ${((Date.now() - start) / 1_000).toFixed(1)} s`)
  }
  try {
    const indexes = await dropIndexes(sql)
    for (const table of LARGE) await sql.unsafe(`alter table ${table} set unlogged`)
    await step('projects, users and posts', () => inTurn(sql, smallRows(layout)))
    await step('tasks', () =>
      inParts(layout.tasks, (from, to) => sql.unsafe(taskRows(layout, from, to))),
    )
    await sql.unsafe('analyze tasks')
    await step('task runs', () =>
      inParts(layout.taskRuns, (from, to) => sql.unsafe(taskRunRows(layout, from, to))),
    )
    await step('results and counters', () => inTurn(sql, [...resultRows(layout), COUNTERS]))
    await step('indexes', () => atOnce(indexes, (index) => sql.unsafe(index)))
    await step('statistics', () => tidy(sql))
    const [size] = await sql`select pg_database_size(current_database()) as bytes`
    return { layout, seconds: (Date.now() - began) / 1_000, bytes: Number(size?.bytes) }
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** Returns the statements that make them again, the dearest first. Keys stay: other tables refer to them. */
async function dropIndexes(sql: postgres.Sql): Promise<string[]> {
  const indexes = await sql`
    select i.indexname as name, i.indexdef as definition from pg_indexes i
    where i.schemaname = 'public' and i.tablename in ${sql(LARGE)}
      and not exists (select 1 from pg_constraint c where c.conname = i.indexname)
    order by i.indexdef like '%gin%' desc, i.tablename = 'task_runs' desc, i.indexname`
  for (const { name } of indexes) await sql`drop index ${sql(String(name))}`
  return indexes.map(({ definition }) => String(definition))
}

async function tidy(sql: postgres.Sql): Promise<void> {
  const tables = await sql`select tablename as name from pg_tables where schemaname = 'public'`
  // Sets the visibility map too, as the server does by itself once a table is not new any more.
  await atOnce(
    tables.map(({ name }) => String(name)),
    (name) => sql`vacuum (analyze) ${sql(name)}`,
  )
  for (const { name } of tables) {
    const [identity] = await sql`select pg_get_serial_sequence(${String(name)}, 'id') as sequence
      from pg_attribute where attrelid = ${String(name)}::regclass and attname = 'id'`
    if (identity?.sequence)
      await sql.unsafe(
        `select setval('${identity.sequence}', (select coalesce(max(id), 0) + 1 from ${name}), false)`,
      )
  }
}

async function inTurn(sql: postgres.Sql, statements: string[]): Promise<void> {
  for (const statement of statements) await sql.unsafe(statement)
}

async function inParts(
  count: number,
  work: (from: number, to: number) => Promise<unknown>,
): Promise<void> {
  const half = Math.ceil(count / HANDS)
  await Promise.all([work(1, half), work(half + 1, count)])
}

async function atOnce<T>(items: T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const waiting = [...items]
  const hand = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: HANDS }, hand))
}
