import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const integration = ['packages/**/*.integration.test.ts', 'infra/**/*.integration.test.ts']
const plans = ['packages/**/*.plans.test.ts']
const nowhere = ['**/node_modules/**', '**/dist/**', '**/.data/**']

export default defineConfig({
  root,
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['packages/**/*.test.{ts,tsx}', 'infra/**/*.test.ts'],
          exclude: [...nowhere, ...integration, ...plans],
          setupFiles: ['packages/web/testing/patience.ts'],
          // A hang, not a slow machine, ends a test.
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: integration,
          exclude: nowhere,
          // Starts PostgreSQL, its replica and Redis, unless TEST_DATABASE_URL says that they run.
          globalSetup: ['infra/local/testing/integration-servers.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'plans',
          include: plans,
          exclude: nowhere,
          // Fills a database with a million tasks and ten million answers: minutes, gigabytes.
          globalSetup: ['infra/local/testing/plans-servers.ts'],
          testTimeout: 300_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'clients',
          include: ['e2e/clients/**/*.clients.test.ts'],
          exclude: nowhere,
          globalSetup: ['e2e/clients/start-platform.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
    ],
    pool: 'forks',
    maxWorkers: 2,
    coverage: {
      provider: 'v8',
      include: ['packages/{api,worker,shared}/src/**/*.ts'],
      exclude: ['**/*.test.ts'],
      reporter: ['text-summary'],
      reportsDirectory: 'coverage',
    },
  },
})
