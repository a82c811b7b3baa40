import { defineConfig } from '@playwright/test'
import { NODE, ROOT } from './support/project-node.ts'
import { prepareStack } from './support/stack.ts'

const stack = await prepareStack()
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

/** Journeys of people through a whole platform that is started for them and thrown away. */
export default defineConfig({
  testDir: 'journeys',
  outputDir: 'test-results',
  // One at a time: they share one platform, and what one does another may see.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    baseURL: stack.url,
    browserName: 'chromium',
    viewport: { width: 1280, height: 800 },
    // Words and times the same on every machine.
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.E2E_CHROMIUM || '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    command: [NODE, 'infra/local/start.ts', '--port', stack.port, '--data', stack.data]
      .map((word) => quoted(String(word)))
      .join(' '),
    cwd: ROOT,
    // The API is ready before the demo is seeded; this is printed after both.
    wait: { stdout: /Manyhands is ready/ },
    timeout: 180_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
    stdout: 'ignore',
    stderr: 'pipe',
  },
})
