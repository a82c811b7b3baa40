import type { z } from 'zod'
import type { Invocation } from './invocation.ts'
import { UsageError } from './usage-error.ts'

export interface OptionSpec {
  /** What its value is called in the help, such as `N`. An option without one is on or off. */
  value?: string
  help: string
}

/** What was typed, by option name; `operand` is the word that follows the command's name. */
export type Given = Record<string, string | boolean | undefined>

export interface Command {
  /** As it is typed: `user create`. */
  name: string
  summary: string
  /** The word that follows, as the help calls it. */
  operand?: string
  options: Record<string, OptionSpec>
  /** What has to run for it, beside PostgreSQL. The launcher starts that first. */
  needs: { redis: boolean }
  /** Looks at what was typed and does nothing. Throws UsageError. */
  check(given: Given): void
  /** Resolves to the exit code. Throws UsageError, AppError. */
  run(given: Given, invocation: Invocation): Promise<number>
}

/** A command whose options are parsed by `input`: the names there are those of the options. */
export function defineCommand<Input extends z.ZodType>(
  spec: Omit<Command, 'check' | 'run'> & {
    input: Input
    run(input: z.infer<Input>, invocation: Invocation): Promise<number>
  },
): Command {
  const parse = (given: Given) => parseInput(spec.input, given, spec.operand)
  return {
    ...spec,
    check: (given) => void parse(given),
    run: (given, invocation) => spec.run(parse(given), invocation),
  }
}

function parseInput<Input extends z.ZodType>(
  input: Input,
  given: Given,
  operand: string | undefined,
): z.infer<Input> {
  const parsed = input.safeParse(given)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0])
    const shown = name === 'operand' ? operand : `--${name}`
    if (given[name] !== undefined) return `${shown}: ${issue.message}`
    // What may be chosen from helps whoever left it out.
    return `${shown}: is missing${issue.code === 'invalid_value' ? `, ${issue.message}` : ''}`
  })
  throw new UsageError([...new Set(problems)].join('\n'))
}
