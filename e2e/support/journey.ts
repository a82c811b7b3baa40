import { test as base, expect } from '@playwright/test'
import { type Account, createAccount, demoOwner } from './accounts.ts'
import { ApiClient } from './api-client.ts'
import { publishSurvey, type Survey, type SurveyWishes } from './survey.ts'

export { expect }

interface PerWorker {
  /** The owner of the demo's projects. */
  demo: { name: string; email: string; password: string }
  /** An owner who publishes surveys for the journeys. */
  surveyor: Account
}

interface PerTest {
  /** A published project of this test's own. */
  survey: (wishes: SurveyWishes) => Promise<Survey>
  /** What no page may do, whatever the journey: see below. */
  decency: undefined
}

let surveys = 0

/** A journey in a browser. Every page of it is watched: it must ask no other host for anything, throw no
 *  error, and log none. */
export const test = base.extend<PerTest, PerWorker>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it what a fixture depends on.
  demo: [async ({}, use) => use(await demoOwner()), { scope: 'worker' }],
  surveyor: [
    // biome-ignore lint/correctness/noEmptyPattern: as above.
    async ({}, use, { workerIndex }) => use(await createAccount(`surveyor-${workerIndex}`)),
    { scope: 'worker' },
  ],
  survey: async ({ surveyor }, use, { workerIndex }) => {
    const owner = new ApiClient(surveyor.api_key)
    await use((wishes) => publishSurvey(owner, `survey-${workerIndex}-${++surveys}`, wishes))
  },
  decency: [
    async ({ context, baseURL }, use) => {
      const ours = new URL(baseURL ?? '').host
      const offences: string[] = []
      context.on('request', (request) => {
        const url = new URL(request.url())
        if (!['data:', 'blob:'].includes(url.protocol) && url.host !== ours) {
          offences.push(`asked ${url.host} for ${url.pathname}`)
        }
      })
      context.on('weberror', (error) => offences.push(`threw ${error.error().message}`))
      context.on('console', (message) => {
        // The browser itself reports a failed request here; journeys without network expect that.
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
          offences.push(`logged ${message.text()}`)
        }
      })
      await use(undefined)
      expect(offences).toEqual([])
    },
    { auto: true },
  ],
})
