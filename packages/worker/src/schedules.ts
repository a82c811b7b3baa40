import { sweepErasures } from '@manyhands/shared/erasure/jobs'
import { cleanExports, sweepExports } from '@manyhands/shared/exports/jobs'
import { refreshGlobalStats } from '@manyhands/shared/global-stats/jobs'
import { sweepMails } from '@manyhands/shared/mails/jobs'
import { sweepPersonalData } from '@manyhands/shared/personal-data/jobs'
import { sweepResults } from '@manyhands/shared/results/jobs'
import { cleanSessions } from '@manyhands/shared/sessions/jobs'
import { refreshProjectStats } from '@manyhands/shared/stats/jobs'
import { purgeTrash } from '@manyhands/shared/trash/jobs'
import { cleanUploads } from '@manyhands/shared/uploads/jobs'
import type { Schedule } from './runtime/declare-schedules.ts'

const MINUTE_MS = 60_000

/** One line per recurring job. A line that goes away takes the schedule with it at the next start. */
export const schedules: Schedule[] = [
  { id: 'sweep-results', job: sweepResults, payload: {}, everyMs: MINUTE_MS },
  { id: 'sweep-exports', job: sweepExports, payload: {}, everyMs: MINUTE_MS },
  { id: 'sweep-erasures', job: sweepErasures, payload: {}, everyMs: 5 * MINUTE_MS },
  { id: 'sweep-personal-data', job: sweepPersonalData, payload: {}, everyMs: MINUTE_MS },
  { id: 'clean-sessions', job: cleanSessions, payload: {}, everyMs: 60 * MINUTE_MS },
  { id: 'sweep-mails', job: sweepMails, payload: {}, everyMs: MINUTE_MS },
  { id: 'clean-exports', job: cleanExports, payload: {}, everyMs: 60 * MINUTE_MS },
  { id: 'clean-uploads', job: cleanUploads, payload: {}, everyMs: 10 * MINUTE_MS },
  {
    id: 'refresh-global-stats',
    job: refreshGlobalStats,
    payload: {},
    everyMs: 10 * MINUTE_MS,
  },
  { id: 'refresh-project-stats', job: refreshProjectStats, payload: {}, everyMs: MINUTE_MS },
  { id: 'purge-trash', job: purgeTrash, payload: {}, everyMs: 60 * MINUTE_MS },
]
