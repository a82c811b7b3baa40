import { accountErasedTopic } from './erasure/account-erased.ts'
import { eraseAccountJob } from './erasure/erase-account.ts'
import { sweepErasuresJob } from './erasure/sweep-erasures.ts'
import { cleanExportsJob } from './exports/clean-exports.ts'
import { exportProjectJob } from './exports/export-project.ts'
import { sweepExportsJob } from './exports/sweep-exports.ts'
import { refreshGlobalStatsJob } from './global-stats/refresh-global-stats.ts'
import { mailOrderedTopic } from './mails/mail-ordered.ts'
import { sendMailJob } from './mails/send-mail.ts'
import { sweepMailsJob } from './mails/sweep-mails.ts'
import { sweepPersonalDataJob } from './personal-data/sweep-personal-data.ts'
import { writePersonalDataJob } from './personal-data/write-personal-data.ts'
import { aggregateResultJob } from './results/aggregate-result.ts'
import { sweepResultsJob } from './results/sweep-results.ts'
import type { JobHandler } from './runtime/handle.ts'
import type { Topic } from './runtime/topic.ts'
import { cleanSessionsJob } from './sessions/clean-sessions.ts'
import { refreshProjectStatsJob } from './stats/refresh-project-stats.ts'
import { taskRunStoredTopic } from './task-runs/task-run-stored.ts'
import { taskCompletedTopic } from './tasks/task-completed.ts'
import { purgeProjectJob } from './trash/purge-project.ts'
import { purgeTrashJob } from './trash/purge-trash.ts'
import { cleanUploadsJob } from './uploads/clean-uploads.ts'

/** One line per job. */
export const handlers: JobHandler[] = [
  aggregateResultJob,
  cleanExportsJob,
  cleanUploadsJob,
  cleanSessionsJob,
  eraseAccountJob,
  exportProjectJob,
  refreshGlobalStatsJob,
  purgeProjectJob,
  purgeTrashJob,
  refreshProjectStatsJob,
  sendMailJob,
  sweepErasuresJob,
  sweepExportsJob,
  sweepMailsJob,
  sweepPersonalDataJob,
  writePersonalDataJob,
  sweepResultsJob,
]

/** One line per topic of the outbox. */
export const topics: Topic[] = [
  accountErasedTopic,
  mailOrderedTopic,
  taskCompletedTopic,
  taskRunStoredTopic,
]
