import { parseArgs } from 'node:util'
import type { Command, Given } from './command.ts'
import { UsageError } from './usage-error.ts'

export interface CommandLine {
  given: Given
  json: boolean
  help: boolean
}

/** The command whose name these words begin with, and the words after it. */
export function findCommand(
  commands: readonly Command[],
  words: readonly string[],
): { command: Command; rest: string[] } | undefined {
  for (const command of commands) {
    const name = command.name.split(' ')
    if (name.every((word, at) => words[at] === word)) {
      return { command, rest: words.slice(name.length) }
    }
  }
  return undefined
}

/** Throws UsageError. */
export function parseCommandLine(command: Command, words: string[]): CommandLine {
  const { values, positionals } = parse(command, words)
  const [operand, extra] = positionals
  const unexpected = command.operand === undefined ? operand : extra
  if (unexpected !== undefined) throw new UsageError(`Unexpected argument '${unexpected}'`)
  const { json, help, ...options } = values
  return { given: { ...options, operand }, json: json === true, help: help === true }
}

function parse(command: Command, words: string[]) {
  try {
    const options = Object.entries(command.options).map(([name, { value }]) => {
      return [name, { type: value ? ('string' as const) : ('boolean' as const) }] as const
    })
    return parseArgs({
      args: words,
      allowPositionals: true,
      options: {
        ...Object.fromEntries(options),
        json: { type: 'boolean' as const },
        help: { type: 'boolean' as const, short: 'h' },
      },
    })
  } catch (error) {
    // Node's own message names the option; what follows explains how positionals are written.
    const [message] = String(error instanceof Error ? error.message : error).split(/\. To |\.?\n/)
    throw new UsageError(message ?? '')
  }
}
