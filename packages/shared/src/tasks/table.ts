import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { created } from '../db/columns.ts'
import { projects } from '../projects/table.ts'

export const tasks = pgTable(
  'tasks',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
    created: created(),
    projectId: integer()
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    /** `completed` exactly while `nTaskRuns >= nAnswers`: every writer of either keeps this true. */
    state: text().$type<'ongoing' | 'completed'>().notNull().default('ongoing'),
    quorum: integer().notNull().default(0),
    calibration: integer().notNull().default(0),
    priority0: doublePrecision('priority_0').notNull().default(0),
    info: jsonb().$type<unknown>(),
    /** The redundancy: how many task runs complete the task. */
    nAnswers: integer().notNull().default(30),
    /** How many task runs there are: kept by the write path, so that nobody counts at request time. */
    nTaskRuns: integer().notNull().default(0),
    /** `nTaskRuns` again in projects that are served breadth first, null elsewhere: an answer in any
     *  other project then changes no indexed column (a heap-only update, a third of the cost). */
    breadthRuns: integer(),
    favUserIds: integer().array(),
    /** The owner's own key of an imported row: importing it again changes nothing. */
    externalId: text(),
  },
  (t) => [
    check('tasks_n_answers_check', sql`${t.nAnswers} >= 1`),
    check('tasks_state_check', sql`${t.state} in ('ongoing', 'completed')`),
    // The scheduler: its order, over the tasks that still want answers. The negated priority makes both
    // keys ascend, so that "after the place I have reached" is one range of the index.
    index('tasks_open_idx')
      .on(t.projectId, sql`(-${t.priority0})`, t.id)
      .where(sql`${t.state} = 'ongoing'`),
    index('tasks_open_breadth_idx')
      .on(t.projectId, sql`(-${t.priority0})`, t.breadthRuns, t.id)
      .where(sql`${t.state} = 'ongoing' and ${t.breadthRuns} is not null`),
    index('tasks_order_idx').on(t.projectId, sql`(-${t.priority0})`, t.id),
    // Lists of a project: by id, by state, by time.
    index('tasks_project_id_idx').on(t.projectId, t.id),
    index('tasks_project_state_idx').on(t.projectId, t.state, t.id),
    // The id as well: the ids of all tasks of a month are then read from the index alone.
    index('tasks_project_created_idx').on(t.projectId, t.created, t.id),
    index('tasks_project_n_answers_idx').on(t.projectId, t.nAnswers, t.id),
    // Hardly any task has other values than these: the indexes are nearly empty, and cost nothing.
    index('tasks_project_quorum_idx').on(t.projectId, t.quorum, t.id).where(sql`${t.quorum} <> 0`),
    index('tasks_project_calibration_idx')
      .on(t.projectId, t.calibration, t.id)
      .where(sql`${t.calibration} <> 0`),
    index('tasks_project_favourites_idx')
      .on(t.projectId, sql`coalesce(cardinality(${t.favUserIds}), 0)`, t.id)
      .where(sql`coalesce(cardinality(${t.favUserIds}), 0) <> 0`),
    index('tasks_created_idx').on(t.created),
    uniqueIndex('tasks_external_id_key')
      .on(t.projectId, t.externalId)
      .where(sql`${t.externalId} is not null`),
    index('tasks_fav_user_ids_idx').using('gin', t.favUserIds),
    index('tasks_info_idx').using('gin', t.info.op('jsonb_path_ops')),
    // Full text; of a large document it has the beginning only, so those are found apart.
    index('tasks_words_idx').using('gin', sql`search_text(${t.info})`),
    index('tasks_large_info_idx').on(t.id).where(sql`octet_length(${t.info}::text) > 100000`),
  ],
)

export type TaskRow = typeof tasks.$inferSelect
