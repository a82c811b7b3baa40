import { sql } from 'drizzle-orm'
import type { Writer } from '../db/types.ts'
import { lockCounters } from '../stats/repository.ts'
import { lockProject } from './repository.ts'
import type { ProjectRow } from './table.ts'

/** Locks a project with its counters and all of its tasks until `tx` ends, for a change that touches
 *  many of them: what is committed by then is seen, and answers wait. Always in this order (counters,
 *  tasks, project), so that two of these never wait for each other. The statements of `tx` get minutes
 *  instead of seconds, since their work grows with the project. */
export async function lockWholeProject(tx: Writer, id: number): Promise<ProjectRow | undefined> {
  await tx.execute(sql`set local statement_timeout = '300s'`)
  await lockCounters(tx, id)
  // Counted, so that a hundred thousand ids do not travel.
  await tx.execute(sql`
    select count(*) from (
      select 1 from tasks where project_id = ${id} order by id for no key update) locked`)
  return lockProject(tx, id)
}
