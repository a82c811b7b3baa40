import { defineConfig } from 'drizzle-kit'

/** Tables are found by path: a new concept is listed nowhere. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './packages/shared/src/**/table.ts',
  out: './packages/shared/migrations',
  casing: 'snake_case',
})
