import { DataPlaceError } from '../postgres/reachable-places.ts'
import { CommandFailedError } from '../processes/guarded-command.ts'
import { ServerFailedError } from '../processes/server.ts'
import { EXIT_CONFIGURATION } from '../processes/supervise.ts'
import { RedisMissingError } from '../redis/find-redis.ts'
import { UsageError } from './usage-error.ts'

const TAIL_LINES = 20

/** What a person is told when the stack cannot run, and the code to end with. */
export function explainFailure(error: unknown): { message: string; exitCode: number } {
  if (error instanceof UsageError) return { message: error.message, exitCode: 2 }
  if (error instanceof RedisMissingError || error instanceof DataPlaceError) {
    return { message: error.message, exitCode: 1 }
  }
  if (error instanceof ServerFailedError || error instanceof CommandFailedError) {
    if (error.exit.code === EXIT_CONFIGURATION) {
      return { message: plainLines(error.output).join('\n'), exitCode: EXIT_CONFIGURATION }
    }
    const tail = error.output.slice(-TAIL_LINES).map((line) => `    ${line}`)
    return { message: [`${error.message}.`, 'Its last words:', ...tail].join('\n'), exitCode: 1 }
  }
  return { message: String((error as Error).stack ?? error), exitCode: 1 }
}

/** A message for people stands between the structured lines of the log. */
function plainLines(lines: readonly string[]): string[] {
  return lines.filter((line) => line.trim() && !line.startsWith('{'))
}
