import type { Page } from '@playwright/test'
import { expect } from './journey.ts'

export interface KnownPage {
  name: string
  path: string
  /** What is only there once the page is complete. */
  complete: (page: Page) => Promise<void>
  signedIn?: boolean
}

/** The pages that everybody meets, and how to tell that one has finished loading. */
export const PAGES: readonly KnownPage[] = [
  {
    name: 'home',
    path: '/',
    complete: async (page) => {
      await expect(page.getByRole('article', { name: /^A task from/ })).toBeVisible()
      await expect(page.getByRole('link', { name: /Handwritten digits/ }).first()).toBeVisible()
    },
  },
  {
    name: 'explore',
    path: '/project',
    complete: (page) =>
      expect(page.getByRole('link', { name: /Handwritten digits/ }).first()).toBeVisible(),
  },
  {
    name: 'project',
    path: '/project/eyes-on-the-archive',
    complete: async (page) => {
      await expect(page.getByRole('heading', { name: 'What you will do' })).toBeVisible()
      await expect(page.getByRole('heading', { name: 'How to answer' })).toBeVisible()
    },
  },
  {
    name: 'contribute with a picture',
    path: '/project/eyes-on-the-archive/newtask',
    complete: (page) =>
      expect(page.getByRole('region', { name: 'Task' }).getByRole('img').first()).toBeVisible(),
  },
  {
    name: 'contribute with a text',
    path: '/project/what-presidents-talk-about/newtask',
    complete: (page) =>
      expect(page.getByRole('region', { name: 'Task' }).getByRole('blockquote')).toBeVisible(),
  },
  {
    name: 'sign in',
    path: '/account/signin',
    complete: (page) => expect(page.getByLabel('E-mail or user name')).toBeVisible(),
  },
  {
    name: 'forgotten password',
    path: '/account/forgot-password',
    complete: (page) => expect(page.getByLabel('E-mail')).toBeVisible(),
  },
  {
    name: 'new password',
    path: '/account/reset-password#token',
    complete: (page) => expect(page.getByRole('textbox', { name: 'New password' })).toBeVisible(),
  },
  {
    name: 'confirm an address',
    path: '/account/confirm-email#token',
    complete: (page) =>
      expect(page.getByRole('button', { name: 'This is my address' })).toBeVisible(),
  },
  {
    name: 'account',
    path: '/account/demo',
    complete: (page) =>
      expect(
        page.getByRole('region', { name: 'Where you are signed in' }).getByRole('listitem').first(),
      ).toBeVisible(),
    signedIn: true,
  },
  {
    name: 'my projects',
    path: '/account/demo/projects',
    complete: (page) =>
      expect(page.getByRole('link', { name: /Handwritten digits/ }).first()).toBeVisible(),
    signedIn: true,
  },
  {
    name: 'project settings',
    path: '/project/eyes-on-the-archive/settings',
    complete: (page) => expect(page.getByRole('heading', { name: 'Just now' })).toBeVisible(),
    signedIn: true,
  },
]

/** Goes there and waits until nothing is missing: pictures that are in view too. */
export async function open(page: Page, { path, complete }: KnownPage): Promise<void> {
  await page.goto(path)
  await complete(page)
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  await page.evaluate(() => document.fonts.ready)
}
