import { migrate } from '@manyhands/shared/db/migrate'
import { z } from 'zod'
import { defineCommand } from './command.ts'
import { readConfigWithoutRedis } from './with-database.ts'

export const migrateCommand = defineCommand({
  name: 'migrate',
  summary: 'Bring the database up to date',
  options: {},
  needs: { redis: false },
  input: z.object({}),
  async run(_input, invocation) {
    const applied = await migrate(readConfigWithoutRedis(invocation.env).DATABASE_URL)
    invocation.print(
      { applied },
      applied === 0 ? 'The database is up to date' : `Applied ${applied} migration(s)`,
    )
    return 0
  },
})
