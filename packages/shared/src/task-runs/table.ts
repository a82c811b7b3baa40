import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { created, moment } from '../db/columns.ts'
import { projects } from '../projects/table.ts'
import { tasks } from '../tasks/table.ts'
import { users } from '../users/table.ts'

export const taskRuns = pgTable(
  'task_runs',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
    /** When the task was handed out; `finishTime - created` is the time spent on it. */
    created: created(),
    projectId: integer()
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    taskId: bigint({ mode: 'number' })
      .notNull()
      .references(() => tasks.id, { onDelete: 'cascade' }),
    userId: integer().references(() => users.id),
    userIp: text(),
    finishTime: moment().notNull(),
    timeout: integer(),
    calibration: integer(),
    externalUid: text(),
    mediaUrl: text(),
    info: jsonb().$type<unknown>(),
    /** Who answered, as one key for every kind of volunteer: see volunteers/identity.ts. */
    volunteerKey: text().notNull(),
    /** The client's `Idempotency-Key`, if it sent one. */
    idempotencyKey: text(),
    /** SHA-256 of the answer as it was sent: tells a repeated request from a second opinion. */
    answerHash: text().notNull(),
    /** True for an answer that came after the task had all it needed. */
    surplus: boolean().notNull().default(false),
  },
  (t) => [
    // The last word on "one answer per volunteer and task"; also serves lists of one task's runs.
    uniqueIndex('task_runs_task_volunteer_key').on(t.taskId, t.volunteerKey),
    // "Not answered by me yet", and userprogress.
    index('task_runs_volunteer_idx').on(t.volunteerKey, t.projectId, t.taskId),
    index('task_runs_task_id_idx').on(t.taskId, t.id),
    index('task_runs_project_id_idx').on(t.projectId, t.id),
    // The id as well: the ids of all answers of a month are then read from the index alone.
    index('task_runs_project_finish_time_idx').on(t.projectId, t.finishTime, t.id),
    index('task_runs_project_created_idx').on(t.projectId, t.created, t.id),
    // Hardly any answer has these: the indexes are nearly empty, and cost nothing.
    index('task_runs_project_timeout_idx')
      .on(t.projectId, t.timeout, t.id)
      .where(sql`${t.timeout} is not null`),
    index('task_runs_project_calibration_idx')
      .on(t.projectId, t.calibration, t.id)
      .where(sql`${t.calibration} is not null`),
    index('task_runs_media_url_idx')
      .on(sql`left(${t.mediaUrl}, 200)`, t.id)
      .where(sql`${t.mediaUrl} is not null`),
    index('task_runs_user_ip_idx').on(t.userIp, t.id).where(sql`${t.userIp} is not null`),
    index('task_runs_finish_time_idx').on(t.finishTime),
    index('task_runs_user_id_idx').on(t.userId, t.id),
  ],
)

export type TaskRunRow = typeof taskRuns.$inferSelect
