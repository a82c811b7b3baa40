import { expect, type Page } from '@playwright/test'

interface Person {
  /** E-mail address or user name. */
  login: string
  password: string
}

/** Signs in by the form, as a person does. */
export async function signIn(page: Page, { login, password }: Person): Promise<void> {
  await page.goto('/account/signin')
  await page.getByLabel('E-mail or user name').fill(login)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('link', { name: /^Your account/ })).toBeVisible()
}

/** The same without the form, for journeys about something else. */
export async function haveSignedIn(page: Page, person: Person): Promise<void> {
  const response = await page.request.post('/api/session', { data: person })
  expect(response.status()).toBe(200)
}
