import { findFirstCategory } from '@manyhands/shared/categories/repository'
import type { Context } from '@manyhands/shared/context/context'
import { isUniqueViolation } from '@manyhands/shared/db/failures'
import type { Writer } from '@manyhands/shared/db/types'
import { ConflictError } from '@manyhands/shared/errors/errors'
import { insertProject } from '@manyhands/shared/projects/repository'
import { insertProjectStats } from '@manyhands/shared/stats/repository'
import { insertTasks } from '@manyhands/shared/tasks/repository'
import { findUser, updateUser } from '@manyhands/shared/users/repository'
import { sql } from 'drizzle-orm'
import { openDemoOwner } from './demo-owner.ts'
import type { DemoProject, DemoTask } from './demo-project.ts'
import { DEMO_PROJECTS } from './demo-projects.ts'
import { storeFiles } from './store-files.ts'

export type DemoContext = Pick<Context, 'config' | 'db' | 'secrets' | 'storage'>

/** Which projects were seeded, in the owner's `info`: one that its owner deleted is not brought back. */
const SEEDED = 'demo_projects'
/** Any fixed number: two seedings at once would make a project twice. */
const LOCK = 5_172_028

/** Adds the demo's account and projects, whatever of them is not there yet. Each project comes with all of
 *  its tasks or not at all. Returns whether anything was added. Throws ConflictError for a name that
 *  somebody else has taken. */
export async function seedDemo(ctx: DemoContext): Promise<{ ownerId: number; created: boolean }> {
  const { owner, created } = await openDemoOwner(ctx)
  const missing = DEMO_PROJECTS.filter(({ shortName }) => !seededOf(owner.info).includes(shortName))
  for (const project of missing) await seedProject(ctx, owner.id, project)
  return { ownerId: owner.id, created: created || missing.length > 0 }
}

async function seedProject(ctx: DemoContext, ownerId: number, demo: DemoProject): Promise<void> {
  // The files first: a task whose picture is missing would be seen, a file without a task would not.
  await storeFiles(ctx.storage, demo.listFiles())
  const tasks = await demo.listTasks()
  await ctx.db.primary.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`)
    const owner = await findUser(tx, ownerId)
    if (!owner || seededOf(owner.info).includes(demo.shortName)) return
    await insertDemoProject(tx, ownerId, demo, tasks)
    const seeded = [...seededOf(owner.info), demo.shortName]
    await updateUser(tx, ownerId, { info: { ...owner.info, [SEEDED]: seeded } })
  })
}

async function insertDemoProject(
  tx: Writer,
  ownerId: number,
  demo: DemoProject,
  tasks: DemoTask[],
): Promise<void> {
  const category = await findFirstCategory(tx)
  if (!category) throw new Error('there is no category: run the migrations first')
  const project = await insertProject(tx, {
    name: demo.name,
    shortName: demo.shortName,
    description: demo.description,
    longDescription: demo.longDescription,
    ownerId,
    categoryId: category.id,
    published: true,
    featured: true,
    info: {
      presenter: demo.presenter,
      thumbnail_url: demo.thumbnail,
      // Not among the fields that strangers see (shared/projects/view.ts).
      ...(demo.hasGold && { gold: goldOf(tasks) }),
    },
  }).catch((error: unknown) => {
    if (!isUniqueViolation(error)) throw error
    throw new ConflictError(`There is a project "${demo.name}" that is not the demo's`, 'name')
  })
  await insertProjectStats(tx, project.id)
  await insertTasks(
    tx,
    project.id,
    tasks.map(({ externalId, info }) => ({ externalId, info, nAnswers: demo.redundancy })),
  )
}

function goldOf(tasks: DemoTask[]): Record<string, string> {
  return Object.fromEntries(tasks.map(({ externalId, truth }) => [externalId, truth]))
}

function seededOf(info: Record<string, unknown>): string[] {
  const seeded = info[SEEDED]
  return Array.isArray(seeded) ? seeded.map(String) : []
}
