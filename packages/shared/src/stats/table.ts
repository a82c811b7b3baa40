import {
  bigint,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core'
import { moment, serialKey } from '../db/columns.ts'
import { projects } from '../projects/table.ts'
import { users } from '../users/table.ts'

/** One row per project. The counters move with the outbox relay (within a second of an answer);
 *  `info` and the averages with the scheduled refresh. */
export const projectStats = pgTable('project_stats', {
  id: serialKey(),
  projectId: integer()
    .notNull()
    .unique('project_stats_project_id_key')
    .references(() => projects.id, { onDelete: 'cascade' }),
  nTasks: integer().notNull().default(0),
  nTaskRuns: integer().notNull().default(0),
  nResults: integer().notNull().default(0),
  nVolunteers: integer().notNull().default(0),
  nCompletedTasks: integer().notNull().default(0),
  overallProgress: integer().notNull().default(0),
  /** Mean of `finish_time - created`, seconds. */
  averageTime: doublePrecision().notNull().default(0),
  nBlogposts: integer().notNull().default(0),
  lastActivity: moment(),
  info: jsonb().$type<Record<string, unknown>>().notNull().default({}),
})

export type ProjectStatsRow = typeof projectStats.$inferSelect

/** Who has answered in a project and how often: distinct volunteers without counting task runs. */
export const projectVolunteers = pgTable(
  'project_volunteers',
  {
    projectId: integer()
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    volunteerKey: text().notNull(),
    userId: integer().references(() => users.id, { onDelete: 'set null' }),
    nTaskRuns: integer().notNull().default(0),
    lastActivity: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.projectId, t.volunteerKey] }),
    index('project_volunteers_user_id_idx').on(t.userId, t.lastActivity),
  ],
)

/** The leaderboards: `key` is `task_runs` or a key of `users.info`. */
export const leaderboardEntries = pgTable(
  'leaderboard_entries',
  {
    key: text().notNull(),
    userId: integer()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    score: bigint({ mode: 'number' }).notNull(),
    rank: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.key, t.userId] }),
    index('leaderboard_entries_rank_idx').on(t.key, t.rank),
  ],
)
