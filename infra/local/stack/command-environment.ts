import { setTimeout as sleep } from 'node:timers/promises'
import type { DataDirectory } from './data-directory.ts'
import { tryHoldData } from './data-lock.ts'
import { embeddedPostgres, embeddedRedis, logOf } from './embedded-servers.ts'
import { type Environment, givenInstead, stackEnvironment } from './environment.ts'
import { rememberedPorts } from './remembered-ports.ts'
import { runningStack } from './stack-file.ts'
import { UsageError } from './usage-error.ts'
import { commandNeeds, workerCommand } from './worker-cli.ts'

/** An `npm start` that has just begun, or another command, is worth waiting for. */
const WAIT_MS = 120_000

/** What a command runs with. Starts what nobody runs yet; it ends with this process.
 *  Throws UsageError. */
export async function commandEnvironment(
  data: DataDirectory,
  command: readonly string[],
  person: NodeJS.ProcessEnv,
  say: (text: string) => void,
): Promise<Environment> {
  const given = givenInstead(person)
  const plain = (servers: Environment) =>
    stackEnvironment(person, data, Number(person.PORT) || 3000, servers)
  if (given.database) return plain({})
  const needs = await commandNeeds(command, plain({}))
  // Help, or a command that does not exist: it says so itself and needs nothing for that.
  if (!needs) return plain({})

  const stack = await stackOrData(data, command, say)
  if (stack) return { ...plain({}), ...stack.environment }
  const ports = await rememberedPorts(data, ['postgres', 'redis'])
  const servers: Environment = {}
  servers.DATABASE_URL = (await embeddedPostgres(data, ports.postgres, say)).url
  if (needs.redis && !given.redis) servers.REDIS_URL = (await embeddedRedis(data, ports.redis)).url
  const environment = plain(servers)
  // Data that no `npm start` has seen yet, or an older release left, have not the tables it expects.
  if (command[0] !== 'migrate')
    await workerCommand(['migrate'], environment, logOf(data, 'commands'))
  return environment
}

/** The stack that runs on the data, or undefined once this process holds them. */
async function stackOrData(
  data: DataDirectory,
  command: readonly string[],
  say: (text: string) => void,
) {
  const deadline = Date.now() + WAIT_MS
  for (let told = false; ; told = true) {
    const stack = runningStack(data)
    if (stack) return stack
    const held = await tryHoldData(data, `npm run cli -- ${command[0]}`)
    if (held.lock) return undefined
    if (Date.now() > deadline) throw new UsageError(held.problem)
    if (!told) say(`Waiting: ${held.holder}`)
    await sleep(200)
  }
}
