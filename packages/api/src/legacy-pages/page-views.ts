import type { CategoryRow } from '@manyhands/shared/categories/table'
import type { ProjectRow } from '@manyhands/shared/projects/table'
import { toProgressView, toProjectView } from '@manyhands/shared/projects/view'
import type { ProjectStatsRow } from '@manyhands/shared/stats/table'
import type { UserRow } from '@manyhands/shared/users/table'

/** A project as the original's pages show it to everybody, its owners too (behaviour.md section 1.0,
 *  PROJ): nothing in it is anybody's own. */
export function toPublicProject(
  project: ProjectRow,
  stats: ProjectStatsRow | null | undefined,
  owner: UserRow | undefined,
  publicFields: string[],
) {
  return {
    ...toProjectView(project, false, publicFields),
    ...numbersOf(stats),
    n_results: stats?.nResults ?? 0,
    n_blogposts: stats?.nBlogposts ?? 0,
    last_activity_raw: stats?.lastActivity ?? null,
    owner: owner && !owner.restrict ? owner.name : null,
  }
}

/** The numbers beside the project. */
export function numbersOf(stats: ProjectStatsRow | null | undefined) {
  const progress = toProgressView(stats ?? undefined)
  return {
    n_tasks: progress.n_tasks,
    n_task_runs: progress.n_task_runs,
    n_completed_tasks: progress.n_completed_tasks,
    n_volunteers: progress.n_volunteers,
    overall_progress: progress.overall_progress,
    last_activity: progress.last_activity,
  }
}

/** Of an account what it shows to everybody; null for one that was shut out. */
export function toPublicUser(user: UserRow | undefined) {
  if (!user || user.restrict || user.erased) return null
  const { name, locale, fullname, created } = user
  return user.privacyMode ? { name, locale } : { name, locale, fullname, created }
}

export function toPublicCategory(category: CategoryRow) {
  return {
    id: category.id,
    name: category.name,
    short_name: category.shortName,
    description: category.description,
  }
}

export function pagination(page: number, perPage: number, total: number) {
  return { page, per_page: perPage, total, next: page * perPage < total, prev: page > 1 }
}
