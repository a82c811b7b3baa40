import type { Page } from '@playwright/test'
import { expectSaved, giveAnswer, sentence, shownPicture } from '../../support/answering.ts'
import { expect, test } from '../../support/journey.ts'

/** Enough for any page here; a walk that goes round in circles ends with it. */
const MOST_STOPS = 60

/** Goes from one focusable thing to the next until one has this name. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press('Tab')
    const focused = page.locator(':focus')
    const label = (await focused.getAttribute('aria-label')) ?? (await focused.textContent()) ?? ''
    if (name.test(label.trim())) return
  }
  throw new Error(`no ${name} within ${MOST_STOPS} stops`)
}

test('answers a choice by number keys alone', async ({ page, survey }) => {
  const texts = ['A wren sings.', 'It rains.', 'An owl calls.']
  const { shortName } = await survey({ texts, redundancy: 1 })
  const press = (key: string) => () => page.keyboard.press(key)
  await page.goto(`/project/${shortName}`)
  await expect(page.getByRole('link', { name: 'Start' })).toBeVisible()
  await tabTo(page, /^Start$/)
  await page.keyboard.press('Enter')

  await giveAnswer(sentence(page, 'A wren sings.'), press('1'))
  // What is skipped comes back at the end.
  await giveAnswer(sentence(page, 'It rains.'), press('s'))
  await expect(sentence(page, 'An owl calls.')).toBeVisible()
  await tabTo(page, /^Yes/)
  await giveAnswer(sentence(page, 'An owl calls.'), press('Enter'))
  await expect(page.getByRole('button', { name: 'Back to the one you skipped' })).toBeVisible()
  await tabTo(page, /^Back to the one you skipped$/)
  await page.keyboard.press('Enter')
  await giveAnswer(sentence(page, 'It rains.'), press('2'))
  await expect(page.getByRole('heading', { name: 'That was the last one.' })).toBeVisible()
  await expectSaved(page, 3)
})

test('types answers without touching the mouse', async ({ page }) => {
  await page.goto('/project/handwritten-digits/newtask')
  const field = page.getByRole('textbox', { name: 'Which digit is this?' })
  await expect(field).toBeFocused()
  for (const count of [1, 2, 3]) {
    await giveAnswer(await shownPicture(page), async () => {
      await page.keyboard.type('7')
      await page.keyboard.press('Enter')
    })
    await expectSaved(page, count)
    await expect(field).toBeFocused()
    await expect(field).toHaveValue('')
  }
})
