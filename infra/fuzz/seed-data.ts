import { createClient } from '@manyhands/shared/client/client'
import type { Pool } from '@manyhands/shared/testing/fuzz/values'
import type { Environment } from '../local/stack/environment.ts'
import { workerCommand } from '../local/stack/worker-cli.ts'

export interface Seeded {
  /** Of an account that owns the seeded projects. */
  apiKey: string
  pool: Pool
}

/** An account with a published project and a draft, both with tasks, answers and everything that hangs on
 *  a project, so that the requests find something. */
export async function seedData(url: string, env: Environment, logFile: string): Promise<Seeded> {
  const apiKey = await makeAccount('owner', env, logFile, [])
  const adminKey = await makeAccount('admin', env, logFile, ['--admin'])
  const owner = createClient({ url, apiKey })
  const admin = createClient({ url, apiKey: adminKey })
  const shortNames = ['seeded', 'draft']
  for (const name of shortNames) {
    const { id } = await owner.projects.create({ name, short_name: name, description: name })
    await owner.projects.change(id, { info: { task_presenter: '<p>Is it an owl?</p>' } })
    for (const n of [1, 2, 3, 4])
      await owner.tasks.create({ project_id: id, n_answers: 1, info: { n } })
    // Two are answered, so that there are results, and what has a result is not deleted.
    for (const _ of [1, 2]) {
      const [task] = await owner.nextTasks(id)
      if (!task) throw new Error(`The project ${name} gives out no task`)
      await owner.submitTaskRun({ project_id: id, task_id: task.id, info: { answer: 'yes' } })
    }
    await owner.blogposts.create({ project_id: id, title: 'News', body: 'There are owls.' })
    await owner.helpingMaterials.create({ project_id: id, info: { url: 'https://example.org' } })
    await owner.pages.create({ project_id: id, slug: 'about' })
  }
  await admin.announcements.create({ title: 'Welcome', body: 'Hello' })
  const ids = [1, 2, 3, 4, 5, 6, 7, 8]
  const named = ['project', 'task', 'taskrun', 'result', 'category', 'user', 'blogpost', 'page']
  const inBodies = ['project_id', 'task_id', 'taskId', 'category_id', 'user_id']
  const others = ['announcement', 'helpingmaterial', 'favorites', 'projectstats']
  return {
    apiKey,
    pool: {
      ...Object.fromEntries([...named, ...inBodies, ...others].map((name) => [name, ids])),
      shortName: shortNames,
    },
  }
}

async function makeAccount(
  name: string,
  env: Environment,
  logFile: string,
  flags: string[],
): Promise<string> {
  const made = (await workerCommand(
    ['user', 'create', '--name', name, '--email', `${name}@example.org`]
      .concat('--password', 'only for this run')
      .concat(flags),
    env,
    logFile,
  )) as { api_key: string }
  return made.api_key
}
