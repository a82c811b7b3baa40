import { type SQL, sql } from 'drizzle-orm'

/** Results that count: those whose info somebody has set. `hasInfo` of results/rules.ts as a condition. */
export const hasResultInfo: SQL = sql`(info is not null and info not in ('null', '""'))`
