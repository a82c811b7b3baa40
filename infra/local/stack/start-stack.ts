import type { ReplicaServer } from '../postgres/start-replica.ts'
import type { LocalServer } from '../processes/server.ts'
import type { DataDirectory } from './data-directory.ts'
import { logOf } from './embedded-servers.ts'
import { type Environment, givenInstead, stackEnvironment } from './environment.ts'
import { decideDemo, demoState, seedDemo } from './first-start.ts'
import type { Progress } from './progress.ts'
import { rememberedPorts } from './remembered-ports.ts'
import { describeStack } from './stack-file.ts'
import { startApps } from './start-apps.ts'
import type { StartFlags } from './start-flags.ts'
import { startServers } from './start-servers.ts'
import { buildWeb } from './web-build.ts'
import { webDevServer } from './web-dev-server.ts'
import { workerCommand } from './worker-cli.ts'

export interface Stack {
  environment: Environment
  /** All that runs, in the order it was started. */
  servers: LocalServer[]
  replica: ReplicaServer | undefined
  isNew: boolean
  /** With --dev: where the pages show what is being edited. */
  pages: string | undefined
}

/** What `migrate --json` prints. */
interface Migrated {
  applied?: number
}

/** Starts everything and returns once all of it serves. Throws on the first thing that does not. */
export async function startStack(
  flags: StartFlags,
  data: DataDirectory,
  progress: Progress,
): Promise<Stack> {
  const person = process.env
  const web = () => progress.step('web build', () => buildWeb(logOf(data, 'web-build')))
  const [servers] = await Promise.all([startServers(data, person, progress), web()])
  const { worker: workerHealthPort } = await rememberedPorts(data, ['worker'])
  const environment = stackEnvironment(person, data, flags.port, servers.environment)

  const isNew = await decideDemo(data, {
    databaseUrl: environment.DATABASE_URL ?? '',
    embedded: !givenInstead(person).database,
    demo: flags.demo,
  })
  const commandLog = logOf(data, 'commands')
  await progress.step('migration', async () => {
    const { applied } = (await workerCommand(['migrate'], environment, commandLog)) as Migrated
    return applied ? `${applied} applied` : 'up to date'
  })
  const seed = async () => {
    if (demoState(data).demo !== 'wanted') return
    await progress.step('demo', async () => {
      const { projects } = await seedDemo(data, environment, commandLog)
      return `${projects} projects`
    })
  }
  const apps = { environment, workerHealthPort, watch: flags.dev }
  describeStack(data, { ...environment, WORKER_HEALTH_PORT: String(workerHealthPort) })
  const started = await startApps(data, apps, progress, seed)

  const pages = flags.dev ? await startPages(data, flags.port, progress) : undefined
  if (pages) started.push(pages.server)

  return {
    environment,
    servers: [...servers.started, ...started],
    replica: servers.replica,
    isNew,
    pages: pages?.url,
  }
}

async function startPages(data: DataDirectory, apiPort: number, progress: Progress) {
  const pages = await webDevServer(apiPort, logOf(data, 'web'))
  await progress.step('pages while you edit', async () => {
    await pages.server.start()
    return pages.url
  })
  return pages
}
