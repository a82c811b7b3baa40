import { COMMANDS } from './commands.ts'
import { explainFailure } from './explain-failure.ts'
import { helpOf, helpOfAll } from './help.ts'
import { Invocation, type Surroundings } from './invocation.ts'
import { findCommand, parseCommandLine } from './parse-command-line.ts'
import { UsageError } from './usage-error.ts'

/** Runs what was typed and resolves to the exit code: 0, 1 when it did not work, 2 for a command line
 *  that makes no sense. */
export async function runCli(words: string[], surroundings: Surroundings): Promise<number> {
  try {
    return await dispatch(words, surroundings)
  } catch (error) {
    surroundings.err(`${explainFailure(error)}\n`)
    return error instanceof UsageError ? 2 : 1
  }
}

async function dispatch(words: string[], surroundings: Surroundings): Promise<number> {
  const [first, ...others] = words
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    surroundings.out(`${helpOfAll(COMMANDS)}\n`)
    return 0
  }
  if (first === 'needs') {
    surroundings.out(`${JSON.stringify(needsOf(others))}\n`)
    return 0
  }
  const { command, rest } = commandIn(words)
  const line = parseCommandLine(command, rest)
  if (line.help) {
    surroundings.out(`${helpOf(command)}\n`)
    return 0
  }
  return command.run(line.given, new Invocation(surroundings, line.json))
}

/** The launcher asks this before it starts anything: `needs user create --name …`. Throws UsageError for
 *  what will do nothing anyway, so that nothing is started for a typing error or for help. */
function needsOf(words: string[]): { redis: boolean } {
  const { command, rest } = commandIn(words)
  const line = parseCommandLine(command, rest)
  if (line.help) throw new UsageError('Help needs nothing')
  command.check(line.given)
  return command.needs
}

/** Throws UsageError naming what is not a command, and what could have been meant. */
function commandIn(words: string[]) {
  const found = findCommand(COMMANDS, words)
  if (found) return found
  const [first = '', second] = words
  const group = COMMANDS.filter(({ name }) => name.startsWith(`${first} `))
  if (group.length === 0) {
    throw new UsageError(`Unknown command '${first}'. There are: ${namesOf(COMMANDS)}`)
  }
  const tried = second === undefined ? first : `${first} ${second}`
  throw new UsageError(`Unknown command '${tried}'. There are: ${namesOf(group)}`)
}

function namesOf(commands: ReadonlyArray<{ name: string }>): string {
  return commands.map(({ name }) => name).join(', ')
}
