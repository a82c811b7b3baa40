import { expect, type Locator, type Page } from '@playwright/test'

/** The task's text, while it is the one to be answered. */
export function sentence(page: Page, text: string): Locator {
  return stage(page).getByRole('blockquote').filter({ hasText: text })
}

/** The task's picture, while it is the one to be answered. */
export async function shownPicture(page: Page): Promise<Locator> {
  const picture = stage(page).getByRole('img').first()
  await expect(picture).toBeVisible()
  const address = await picture.getAttribute('src')
  return stage(page)
    .getByRole('img')
    .and(page.locator(`[src="${address}"]`))
}

function stage(page: Page): Locator {
  return page.getByRole('region', { name: 'Task' })
}

/** Answers the task that shows `stimulus`. The page takes no answer in the first quarter of a second, so
 *  that a double click does not answer two tasks; a person then presses again, and so does this. */
export async function giveAnswer(stimulus: Locator, press: () => Promise<void>): Promise<void> {
  await expect(stimulus).toBeVisible()
  await expect(async () => {
    if (!(await stimulus.isVisible())) return
    await press()
    expect(await stimulus.isVisible()).toBe(false)
  }).toPass({ intervals: [100] })
}

/** The page says that the server has this many answers of the visit. */
export async function expectSaved(page: Page, count: number): Promise<void> {
  await expect(page.getByRole('status').filter({ hasText: /^Saved/ })).toHaveText(
    `Saved · ${count}`,
  )
}
