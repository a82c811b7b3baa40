import { TaskRun } from '@manyhands/shared/task-runs/contract'
import { z } from 'zod'
import { expectSaved, giveAnswer, sentence, shownPicture } from '../../support/answering.ts'
import { ApiClient } from '../../support/api-client.ts'
import { expect, test } from '../../support/journey.ts'

test('finds a project of the demo and answers some of it', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('link', { name: 'Explore projects' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Explore projects')
  await page
    .getByRole('main')
    .getByRole('link', { name: /^Eyes on the archive/ })
    .click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Eyes on the archive')
  await page.getByRole('link', { name: 'Start' }).click()

  const panel = page.getByRole('region', { name: 'Your answer' })
  await expect(panel.getByRole('heading')).toHaveText('What fills most of this picture?')
  for (const [at, label] of ['Animals', 'Water', 'Sky or empty background'].entries()) {
    const button = panel.getByRole('button', { name: label })
    await giveAnswer(await shownPicture(page), () => button.click())
    await expectSaved(page, at + 1)
  }

  await page.getByRole('link', { name: /^Leave/ }).click()
  await expect(page.getByText('You have given 3 answers here.')).toBeVisible()
})

test('answers a survey to its end and is thanked', async ({ page, survey }) => {
  const texts = ['A wren sings.', 'It rains.', 'An owl calls.']
  const { id, name, shortName, tasks } = await survey({ texts, redundancy: 1 })
  await page.goto(`/project/${shortName}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name)
  await page.getByRole('link', { name: 'Start' }).click()
  for (const text of texts) {
    const yes = page.getByRole('button', { name: 'Yes' })
    await giveAnswer(sentence(page, text), () => yes.click())
  }
  await expect(page.getByRole('heading', { name: 'That was the last one.' })).toBeVisible()
  await expectSaved(page, 3)

  const runs = await new ApiClient().get(`/api/taskrun?project_id=${id}`, z.array(TaskRun))
  expect(runs.map(({ task_id, user_id, info }) => ({ task_id, user_id, info }))).toEqual(
    tasks.map((task) => ({ task_id: task.id, user_id: null, info: { answer: 'yes' } })),
  )
})

test('keeps the answers when an account is made afterwards', async ({ page, survey }) => {
  const { shortName } = await survey({ texts: ['A wren sings.', 'It rains.'], redundancy: 2 })
  await page.goto(`/project/${shortName}/newtask`)
  for (const text of ['A wren sings.', 'It rains.']) {
    const no = page.getByRole('button', { name: 'No', exact: true })
    await giveAnswer(sentence(page, text), () => no.click())
  }
  await page.getByRole('link', { name: 'Make an account' }).click()

  await page.getByLabel('Your name').fill('Robin Reed')
  await page.getByLabel('E-mail').fill('robin@example.org')
  await page.getByRole('textbox', { name: 'Password' }).fill('a sentence to remember')
  await page.getByRole('button', { name: 'Make the account' }).click()
  await expect(page.getByRole('link', { name: 'Your account, Robin Reed' })).toBeVisible()

  await page.goto(`/project/${shortName}`)
  await expect(page.getByText('You have given 2 answers here.')).toBeVisible()
})
