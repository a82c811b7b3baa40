import { sql } from 'drizzle-orm'
import { writeRows } from '../db/raw.ts'
import type { Writer } from '../db/types.ts'
import { insertProject } from '../projects/repository.ts'
import type { ProjectRow } from '../projects/table.ts'
import { insertProjectStats } from '../stats/repository.ts'

export interface CloneOf {
  name: string
  shortName: string
  ownerId: number
  /** Copies the tasks too, all of them open. */
  tasks: boolean
}

/** A draft like `source`: settings, presenter, pages, helping materials. Not what others have given to it
 *  (answers, members, featured), nor what is secret (password, keys, the webhook with its secret). Throws a
 *  unique violation for a name that is taken. */
export async function cloneProject(
  tx: Writer,
  source: ProjectRow,
  clone: CloneOf,
): Promise<ProjectRow> {
  const project = await insertProject(tx, {
    name: clone.name,
    shortName: clone.shortName,
    ownerId: clone.ownerId,
    description: source.description,
    longDescription: source.longDescription,
    allowAnonymousContributors: source.allowAnonymousContributors,
    zipDownload: source.zipDownload,
    categoryId: source.categoryId,
    info: source.info,
  })
  await insertProjectStats(tx, project.id)
  await tx.execute(sql`
    insert into pages (project_id, slug, info, media_url)
    select ${project.id}, slug, info, media_url from pages where project_id = ${source.id} order by id`)
  await tx.execute(sql`
    insert into helping_materials (project_id, info, media_url, priority)
    select ${project.id}, info, media_url, priority from helping_materials
    where project_id = ${source.id} order by id`)
  if (clone.tasks) await cloneTasks(tx, source, project)
  return project
}

async function cloneTasks(tx: Writer, source: ProjectRow, project: ProjectRow): Promise<void> {
  const breadthRuns = project.info.sched === 'breadth_first' ? sql`0` : sql`null::int`
  const [copied] = await writeRows<{ tasks: number }>(
    tx,
    sql`
    with copied as (
      insert into tasks (project_id, info, n_answers, priority_0, quorum, calibration, external_id, breadth_runs)
      select ${project.id}, info, n_answers, priority_0, quorum, calibration, external_id, ${breadthRuns}
      from tasks where project_id = ${source.id} order by id
      returning 1
    )
    select count(*)::int as tasks from copied`,
  )
  await tx.execute(
    sql`update project_stats set n_tasks = ${copied?.tasks ?? 0} where project_id = ${project.id}`,
  )
}
