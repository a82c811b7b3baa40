import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from '../../support/journey.ts'
import { open, PAGES } from '../../support/pages.ts'
import { haveSignedIn } from '../../support/sign-in.ts'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']
const SIZES = [
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
]

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of SIZES) {
    test.describe(`${colorScheme}, ${viewport.width} px`, () => {
      test.use({ colorScheme, viewport })

      test('axe finds nothing', async ({ page, demo }) => {
        for (const known of PAGES) {
          await test.step(known.name, async () => {
            if (known.signedIn) {
              await haveSignedIn(page, { login: demo.email, password: demo.password })
            }
            await open(page, known)
            const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze()
            const found = violations.flatMap(({ id, help, nodes }) =>
              nodes.map(({ target, failureSummary }) => ({ id, help, target, failureSummary })),
            )
            // Soft: one page that fails must not hide another.
            expect.soft(found, known.name).toEqual([])
          })
        }
      })
    })
  }
}
