import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ask } from '../postgres/ask.ts'
import type { DataDirectory } from './data-directory.ts'
import type { Environment } from './environment.ts'
import { workerCommand } from './worker-cli.ts'

/** What was decided about the demo when the data were new. `wanted` until it is complete, so that a start
 *  that was interrupted is made up for. */
interface DemoState {
  demo: 'wanted' | 'unwanted' | 'seeded'
  /** Its password is not told any more once the owner has changed it. */
  owner?: { email: string; password?: string | null } | undefined
}

/** What `demo --json` prints. */
interface Seeded {
  owner?: DemoState['owner']
  projects?: unknown[]
}

const fileOf = ({ root }: DataDirectory) => join(root, 'demo.json')

export interface NewData {
  databaseUrl: string
  /** The database is ours; one that was given may hold somebody's work. */
  embedded: boolean
  /** False with --no-demo. */
  demo: boolean
}

/** Decides at the first start, before the migration, whether the demo is wanted, and returns true then. A
 *  given database that already has tables never gets a demo. */
export async function decideDemo(data: DataDirectory, { databaseUrl, embedded, demo }: NewData) {
  if (existsSync(fileOf(data))) return false
  const wanted = demo && (embedded || (await isEmpty(databaseUrl)))
  write(data, { demo: wanted ? 'wanted' : 'unwanted' })
  return true
}

async function isEmpty(url: string): Promise<boolean> {
  const tables = await ask(
    url,
    (sql) => sql`select 1 from pg_tables where schemaname = 'public' limit 1`,
  )
  return tables.length === 0
}

/** Fills a new database with the demo; to be called once, when `demoState` says that it is wanted. */
export async function seedDemo(
  data: DataDirectory,
  env: Environment,
  logFile: string,
): Promise<{ projects: number }> {
  const seeded = (await workerCommand(['demo'], env, logFile)) as Seeded
  write(data, { demo: 'seeded', owner: seeded.owner })
  return { projects: seeded.projects?.length ?? 0 }
}

export function demoState(data: DataDirectory): DemoState {
  try {
    return JSON.parse(readFileSync(fileOf(data), 'utf8'))
  } catch {
    return { demo: 'unwanted' }
  }
}

function write(data: DataDirectory, state: DemoState): void {
  writeFileSync(fileOf(data), `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 })
}
