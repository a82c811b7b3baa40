import { setTimeout as sleep } from 'node:timers/promises'
import { ProjectPage } from '@manyhands/shared/projects/contract'
import type { PlatformClient } from './platform-client.ts'
import type { CrowdProject } from './volunteer.ts'

type Sum = Pick<ProjectPage['progress'], 'n_task_runs' | 'n_completed_tasks'>

const PATIENCE_MS = 15_000
const LOOK_EVERY_MS = 250

/** The numbers of all of the projects together. */
export async function sumProgress(
  visitor: PlatformClient,
  projects: readonly CrowdProject[],
): Promise<Sum> {
  const sum = { n_task_runs: 0, n_completed_tasks: 0 }
  for (const { shortName } of projects) {
    const { progress } = await visitor.get(`/api/projects/${shortName}`, ProjectPage)
    sum.n_task_runs += progress.n_task_runs
    sum.n_completed_tasks += progress.n_completed_tasks
  }
  return sum
}

/** The numbers once so many answers have been counted: that happens behind the answer, in the worker.
 *  Gives up waiting after a while, with the numbers as they are. */
export async function waitForProgress(
  visitor: PlatformClient,
  projects: readonly CrowdProject[],
  taskRuns: number,
): Promise<Sum> {
  const until = Date.now() + PATIENCE_MS
  for (;;) {
    const sum = await sumProgress(visitor, projects)
    if (sum.n_task_runs >= taskRuns || Date.now() > until) return sum
    await sleep(LOOK_EVERY_MS)
  }
}
