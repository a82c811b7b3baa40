import { expect, test } from '../../support/journey.ts'
import { open, PAGES } from '../../support/pages.ts'
import { haveSignedIn } from '../../support/sign-in.ts'

/** The narrowest screen that WCAG 2.2 asks for (1.4.10, reflow). */
test.use({ viewport: { width: 320, height: 640 } })

test('no page scrolls sideways at 320 px', async ({ page, demo }) => {
  for (const known of PAGES) {
    await test.step(known.name, async () => {
      if (known.signedIn) await haveSignedIn(page, { login: demo.email, password: demo.password })
      await open(page, known)
      const { shown, needed } = await page.evaluate(() => ({
        shown: document.documentElement.clientWidth,
        needed: document.documentElement.scrollWidth,
      }))
      expect.soft(needed, known.name).toBeLessThanOrEqual(shown)
    })
  }
})
