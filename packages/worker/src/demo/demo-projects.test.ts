import { Presenter } from '@manyhands/shared/presenters/contract'
import { ProjectInput } from '@manyhands/shared/projects/contract'
import { describe, expect, it } from 'vitest'
import { DEMO_PROJECTS } from './demo-projects.ts'

describe.each(DEMO_PROJECTS)('$name', (project) => {
  it('is what an owner could have made', () => {
    const { name, shortName: short_name, description, longDescription: long_description } = project
    expect(() =>
      ProjectInput.parse({ name, short_name, description, long_description }),
    ).not.toThrow()
    expect(Presenter.parse(project.presenter)).toEqual(project.presenter)
  })

  it('has 60 to 300 small tasks, each with a stimulus and a key of its own', async () => {
    const tasks = await project.listTasks()
    expect(tasks.length).toBeGreaterThanOrEqual(60)
    expect(tasks.length).toBeLessThanOrEqual(300)
    const { field } = project.presenter.stimulus
    expect(new Set(tasks.map(({ info }) => info[field])).size).toBe(tasks.length)
    expect(new Set(tasks.map(({ externalId }) => externalId)).size).toBe(tasks.length)
    for (const { info } of tasks) expect(JSON.stringify(info).length).toBeLessThan(600)
  })

  it('has the same tasks every time', async () => {
    expect(await project.listTasks()).toEqual(await project.listTasks())
  })

  it('has a right answer for each task, which the volunteer can give', async () => {
    const { answer } = project.presenter
    for (const { truth } of await project.listTasks()) {
      if (answer.kind === 'choice') expect(answer.options.map((o) => o.value)).toContain(truth)
      else expect(truth).toMatch(/^\d$/)
    }
  })
})

it('keeps known answers only where volunteers do not read', async () => {
  for (const project of DEMO_PROJECTS.filter(({ hasGold }) => hasGold)) {
    for (const { info } of await project.listTasks()) {
      expect(Object.keys(info)).not.toContain('truth')
      expect(Object.keys(info)).not.toContain('gold')
    }
  }
})
