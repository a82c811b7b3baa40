import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expectSaved, giveAnswer, sentence } from '../../support/answering.ts'
import { rowsOf } from '../../support/exports.ts'
import { expect, test } from '../../support/journey.ts'
import { signIn } from '../../support/sign-in.ts'
import { unzip } from '../../support/unzip.ts'

const BAD_CSV = 'text,n_answers\nA wren sings.,1\nIt rains.,many\nAn owl calls.,1\n'
const GOOD_CSV = BAD_CSV.replace('many', '1')

test('from an idea to the exported answers', async ({ page, browser, demo }) => {
  await signIn(page, { login: demo.email, password: demo.password })

  await test.step('writes the question', async () => {
    await page.getByRole('link', { name: 'Create', exact: true }).click()
    await page.getByLabel('Name', { exact: true }).fill('Birds in old letters')
    await expect(page.getByLabel('Address')).toHaveValue('birds-in-old-letters')
    await page.getByLabel('In one line, why should somebody help?').fill('Find the birds.')
    await page.getByText('Choose for a text').click()
    await page.getByLabel('Question').fill('Does it mention a bird?')
    await page.getByRole('button', { name: 'Create the draft' }).click()
    await expect(page.getByRole('heading', { name: 'From draft to published' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Publish' })).toBeDisabled()
  })

  await test.step('is told which row of the file is bad, and corrects it', async () => {
    await page.getByRole('link', { name: /Add tasks/ }).click()
    await chooseFile(page, BAD_CSV)
    const preview = page.getByRole('region', { name: 'Preview of the file' })
    const problem = preview.getByRole('alert').filter({ hasText: '1 row cannot be read' })
    await expect(problem).toContainText('Line 3, n_answers')
    await expect(preview.getByRole('button', { name: /^Import/ })).toBeDisabled()
    await preview.getByRole('button', { name: 'Other file' }).click()

    await chooseFile(page, GOOD_CSV)
    await expect(preview.getByRole('cell', { name: 'It rains.' })).toBeVisible()
    await preview.getByRole('button', { name: 'Import 3 tasks' }).click()
    await expect(page.getByRole('heading', { name: '3 tasks added' })).toBeVisible()
  })

  await test.step('publishes', async () => {
    await page.getByRole('link', { name: 'Go on' }).click()
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Publish Birds in old letters?' })
    await dialog.getByRole('button', { name: 'Publish now' }).click()
    await expect(page.getByText('Published', { exact: true })).toBeVisible()
    await expect(page.getByText('0 answers since you opened this page')).toBeVisible()
  })

  await test.step('watches a volunteer answer, live', async () => {
    const volunteer = await (await browser.newContext()).newPage()
    await volunteer.goto('/project/birds-in-old-letters/newtask')
    for (const [text, label] of [
      ['A wren sings.', 'Yes'],
      ['It rains.', 'No'],
      ['An owl calls.', 'Yes'],
    ] as const) {
      const button = volunteer.getByRole('button', { name: label, exact: true })
      await giveAnswer(sentence(volunteer, text), () => button.click())
    }
    await expectSaved(volunteer, 3)
    await volunteer.context().close()
    await expect(page.getByText('3 answers since you opened this page')).toBeVisible()
  })

  await test.step('downloads exactly these answers', async () => {
    await page.getByRole('link', { name: 'Export answers' }).click()
    await page.getByRole('button', { name: 'Start the export' }).click()
    const csv = await downloadOf(page, 'Answers, CSV')
    expect(rowsOf(csv).map(({ info_answer }) => info_answer)).toEqual(['yes', 'no', 'yes'])

    await page.getByText('JSON', { exact: true }).click()
    await page.getByRole('button', { name: 'Start the export' }).click()
    const json = await downloadOf(page, 'Answers, JSON')
    expect(rowsOf(json).map(({ info }) => info)).toEqual([
      { answer: 'yes' },
      { answer: 'no' },
      { answer: 'yes' },
    ])
  })

  await test.step('finds the project among the others', async () => {
    await page.goto(`/account/${demo.name}/projects`)
    await expect(page.getByRole('link', { name: /Birds in old letters/ }).first()).toBeVisible()
    await expect(page.getByRole('link', { name: /Eyes on the archive/ }).first()).toBeVisible()
  })
})

async function chooseFile(page: Page, csv: string): Promise<void> {
  const chosen = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose a file' }).click()
  const file = { name: 'letters.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) }
  await (await chosen).setFiles(file)
}

/** The files of the export of this name, once it is there to be downloaded. */
async function downloadOf(page: Page, name: string): Promise<Map<string, string>> {
  const row = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) })
  const started = page.waitForEvent('download')
  await row.getByRole('link', { name: 'Download' }).click()
  return unzip(await readFile(await (await started).path()))
}
