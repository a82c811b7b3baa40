import { sql } from 'drizzle-orm'
import { check, integer, jsonb, pgTable } from 'drizzle-orm/pg-core'
import { moment } from '../db/columns.ts'
import type { GlobalStats } from './contract.ts'

/** What the worker has counted last, over all projects: one row, since counting reads every task. */
export const globalStats = pgTable(
  'global_stats',
  {
    id: integer().primaryKey(),
    measured: moment().notNull(),
    figures: jsonb().$type<GlobalStats>().notNull(),
  },
  (t) => [check('global_stats_one_row_check', sql`${t.id} = 1`)],
)
