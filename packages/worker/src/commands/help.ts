import type { Command } from './command.ts'

const START = 'npm run cli --'

export function helpOfAll(commands: readonly Command[]): string {
  const rows = commands.map((command) => [usageOf(command), command.summary] as const)
  return [
    `${START} <command> [options]`,
    '',
    ...columns(rows),
    '',
    'Each takes --help, and --json to print one JSON value.',
  ].join('\n')
}

export function helpOf(command: Command): string {
  const options = Object.entries({
    ...command.options,
    json: { help: 'print one JSON value' },
  })
  const rows = options.map(([name, option]) => {
    const value = 'value' in option && option.value ? ` ${option.value}` : ''
    return [`--${name}${value}`, option.help] as const
  })
  return [`${START} ${usageOf(command)} [options]`, '', command.summary, '', ...columns(rows)].join(
    '\n',
  )
}

function usageOf({ name, operand }: Command): string {
  return operand ? `${name} ${operand}` : name
}

function columns(rows: ReadonlyArray<readonly [string, string]>): string[] {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)
}
