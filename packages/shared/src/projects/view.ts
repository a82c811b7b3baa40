import type { ProjectStatsRow } from '../stats/table.ts'
import type { Progress, Project } from './contract.ts'
import { progressPercent } from './rules.ts'
import type { ProjectRow } from './table.ts'

/** Keys of `info` that everybody may see (data-model.md section 3). */
export const PUBLIC_INFO = [
  'container',
  'thumbnail',
  'thumbnail_url',
  'task_presenter',
  'presenter',
  'tutorial',
  'sched',
]
/** Keys that nobody is ever shown. */
export const SECRET_INFO = ['passwd_hash']

/** `full` for owners and admins, else what everybody may see. The secret key is in neither: it has an
 *  endpoint of its own. */
export function toProjectView(
  row: ProjectRow,
  full: boolean,
  publicFields: string[] = [],
): Project {
  const shown = {
    id: row.id,
    description: row.description,
    info: full ? without(row.info, SECRET_INFO) : only(row.info, [...PUBLIC_INFO, ...publicFields]),
    name: row.name,
    short_name: row.shortName,
    created: row.created,
    category_id: row.categoryId,
    long_description: row.longDescription,
    updated: row.updated,
    featured: row.featured,
    owner_id: row.ownerId,
    owners_ids: row.ownersIds,
  }
  if (!full) return shown
  return {
    ...shown,
    webhook: row.webhook,
    allow_anonymous_contributors: row.allowAnonymousContributors,
    published: row.published,
    zip_download: row.zipDownload,
    contacted: row.contacted,
  }
}

/** All that the audit log tells of a project, by wire names. Of secrets it says only that they changed. */
export function toAuditedState(row: ProjectRow): Record<string, unknown> {
  return {
    ...toProjectView(row, true),
    testers_ids: row.testersIds,
    transfer_offered_to: row.pendingOwnerLogin,
    secret_key: row.secretKey,
    password: row.passwordHash,
    webhook_secret: row.webhookSecretSealed,
    trashed: row.trashed,
  }
}

export function toProgressView(row: ProjectStatsRow | undefined): Progress {
  return {
    n_tasks: row?.nTasks ?? 0,
    n_completed_tasks: row?.nCompletedTasks ?? 0,
    n_task_runs: row?.nTaskRuns ?? 0,
    n_volunteers: row?.nVolunteers ?? 0,
    n_results: row?.nResults ?? 0,
    overall_progress: progressPercent(row?.nCompletedTasks ?? 0, row?.nTasks ?? 0),
    average_time: row?.averageTime ?? 0,
    last_activity: row?.lastActivity ?? null,
  }
}

function only(info: Record<string, unknown>, keys: string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(info).filter(([key]) => keys.includes(key)))
}

function without(info: Record<string, unknown>, keys: string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(info).filter(([key]) => !keys.includes(key)))
}
