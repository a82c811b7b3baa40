import { TaskRun } from '@manyhands/shared/task-runs/contract'
import type { Page } from '@playwright/test'
import { z } from 'zod'
import { expectSaved, giveAnswer, sentence } from '../../support/answering.ts'
import { ApiClient } from '../../support/api-client.ts'
import { expect, test } from '../../support/journey.ts'

const storedIn = (projectId: number) =>
  new ApiClient().get(`/api/taskrun?project_id=${projectId}`, z.array(TaskRun))

async function expectKept(page: Page, count: number): Promise<void> {
  const state = page.getByRole('status').filter({ hasText: `Offline, ${count} kept` })
  await expect(state).toBeVisible()
}

test('keeps answers while the network is away and sends them afterwards', async ({
  page,
  context,
  survey,
}) => {
  const texts = ['A wren sings.', 'It rains.', 'An owl calls.', 'The sea is grey.']
  const { id, shortName } = await survey({ texts, redundancy: 1 })
  const press = (name: string) => () => page.getByRole('button', { name, exact: true }).click()
  await page.goto(`/project/${shortName}/newtask`)
  await giveAnswer(sentence(page, 'A wren sings.'), press('Yes'))
  await expectSaved(page, 1)

  await expect(sentence(page, 'It rains.')).toBeVisible()
  await context.setOffline(true)
  await giveAnswer(sentence(page, 'It rains.'), press('No'))
  await expectKept(page, 1)
  expect(await storedIn(id)).toHaveLength(1)

  await context.setOffline(false)
  await expectSaved(page, 2)
  expect((await storedIn(id)).map(({ info }) => info)).toEqual([
    { answer: 'yes' },
    { answer: 'no' },
  ])
})

test('keeps an answer even when the page is left before it is sent', async ({
  page,
  context,
  survey,
}) => {
  const { id, shortName } = await survey({ texts: ['A wren sings.', 'It rains.'], redundancy: 1 })
  await page.goto(`/project/${shortName}/newtask`)
  await expect(sentence(page, 'A wren sings.')).toBeVisible()
  await context.setOffline(true)
  const yes = page.getByRole('button', { name: 'Yes' })
  await giveAnswer(sentence(page, 'A wren sings.'), () => yes.click())
  await expectKept(page, 1)
  await page.close()

  await context.setOffline(false)
  const later = await context.newPage()
  await later.goto('/')
  await expect.poll(() => storedIn(id)).toHaveLength(1)
})
