import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { findProjectByShortName, updateProject } from '@manyhands/shared/projects/repository'
import { toProjectView } from '@manyhands/shared/projects/view'
import { isPassword } from '@manyhands/shared/secrets/passwords'
import { findProjectStats } from '@manyhands/shared/stats/repository'
import { tasks } from '@manyhands/shared/tasks/table'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { findUserByLogin, updateUser } from '@manyhands/shared/users/repository'
import { asc, eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { DEMO_PROJECTS } from './demo-projects.ts'
import { describeDemo } from './describe-demo.ts'
import { seedDemo } from './seed-demo.ts'

const platform = useTestPlatform()

async function snapshot() {
  const { db } = platform.ctx
  return Promise.all(
    DEMO_PROJECTS.map(async ({ shortName }) => {
      const project = await findProjectByShortName(db.primary, shortName)
      const id = project?.id ?? 0
      const rows = await db.primary
        .select()
        .from(tasks)
        .where(eq(tasks.projectId, id))
        .orderBy(asc(tasks.id))
      return { project, stats: await findProjectStats(db.primary, id), tasks: rows }
    }),
  )
}

beforeAll(async () => {
  expect(await seedDemo(platform.ctx)).toMatchObject({ created: true })
})

describe('the demo', () => {
  it('is published and featured, each project with all of its tasks counted', async () => {
    for (const [at, { project, stats, tasks: rows }] of (await snapshot()).entries()) {
      const demo = DEMO_PROJECTS[at]
      expect(project).toMatchObject({ published: true, featured: true, name: demo?.name })
      expect(rows).toHaveLength((await demo?.listTasks())?.length ?? 0)
      expect(stats?.nTasks).toBe(rows.length)
      expect(rows.every(({ nAnswers }) => nAnswers === demo?.redundancy)).toBe(true)
    }
  })

  it('can be signed in to as it says', async () => {
    const { owner, projects } = await describeDemo(platform.ctx)
    const user = await findUserByLogin(platform.ctx.db.primary, owner.email)
    expect(await isPassword(user?.passwdHash ?? null, owner.password ?? '')).toBe(true)
    expect(projects.map(({ short_name }) => short_name)).toEqual(
      DEMO_PROJECTS.map(({ shortName }) => shortName),
    )
  })

  it('stores its pictures', async () => {
    const root = fileURLToPath(platform.env.STORAGE_URL ?? '')
    for (const { project, tasks: rows } of await snapshot()) {
      const shown = rows.map(({ info }) => String(Reflect.get(Object(info), 'image') ?? ''))
      const addresses = [String(project?.info.thumbnail_url), ...shown.filter(Boolean)]
      for (const address of addresses) {
        const file = await readFile(`${root}/${address.replace('/uploads/', '')}`)
        expect(file.length).toBeGreaterThan(50)
      }
    }
  })

  it('shows the gold to its owner and to nobody else', async () => {
    const [, digits] = await snapshot()
    if (!digits?.project) throw new Error('no digits')
    expect(Object.keys(Object(digits.project.info.gold))).toHaveLength(digits.tasks.length)
    expect(toProjectView(digits.project, true).info).toHaveProperty('gold')
    expect(toProjectView(digits.project, false).info).not.toHaveProperty('gold')
    expect(JSON.stringify(digits.tasks.map(({ info }) => info))).not.toMatch(/gold|truth/)
  })

  it('changes nothing the second time, or when two begin together', async () => {
    const before = await snapshot()
    const again = await Promise.all([seedDemo(platform.ctx), seedDemo(platform.ctx)])
    expect(again.map(({ created }) => created)).toEqual([false, false])
    expect(await snapshot()).toEqual(before)
  })

  it('does not bring back a project that its owner renamed', async () => {
    const { db } = platform.ctx
    const [first] = await snapshot()
    if (!first?.project) throw new Error('no project')

    await updateProject(db.primary, first.project.id, { shortName: 'renamed', name: 'Renamed' })
    expect(await seedDemo(platform.ctx)).toMatchObject({ created: false })
    expect((await snapshot())[0]?.project).toBeUndefined()
  })

  it('says so when the password was changed', async () => {
    const { db } = platform.ctx
    const user = await findUserByLogin(db.primary, 'demo')
    await updateUser(db.primary, user?.id ?? 0, { passwdHash: null })
    expect((await describeDemo(platform.ctx)).owner.password).toBeNull()
  })
})
