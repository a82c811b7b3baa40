import { cleanExportsJob } from './exports/clean-exports.ts'
import { exportProjectJob } from './exports/export-project.ts'
import { sweepExportsJob } from './exports/sweep-exports.ts'
import { refreshGlobalStatsJob } from './global-stats/refresh-global-stats.ts'
import { mailOrderedTopic } from './mails/mail-ordered.ts'
import { sendMailJob } from './mails/send-mail.ts'
import { sweepMailsJob } from './mails/sweep-mails.ts'
import { aggregateResultJob } from './results/aggregate-result.ts'
import { sweepResultsJob } from './results/sweep-results.ts'
import type { JobHandler } from './runtime/handle.ts'
import type { Topic } from './runtime/topic.ts'
import { refreshProjectStatsJob } from './stats/refresh-project-stats.ts'
import { taskRunStoredTopic } from './task-runs/task-run-stored.ts'
import { taskCompletedTopic } from './tasks/task-completed.ts'
import { cleanUploadsJob } from './uploads/clean-uploads.ts'

/** One line per job. */
export const handlers: JobHandler[] = [
  aggregateResultJob,
  cleanExportsJob,
  cleanUploadsJob,
  exportProjectJob,
  refreshGlobalStatsJob,
  refreshProjectStatsJob,
  sendMailJob,
  sweepExportsJob,
  sweepMailsJob,
  sweepResultsJob,
]

/** One line per topic of the outbox. */
export const topics: Topic[] = [mailOrderedTopic, taskCompletedTopic, taskRunStoredTopic]
