import type { DataDirectory } from './data-directory.ts'
import { demoState } from './first-start.ts'
import type { StartFlags } from './start-flags.ts'
import type { Stack } from './start-stack.ts'

const FIRST_OWNER =
  'npm run cli -- user create --name you --email you@example.org --password … --admin'

/** What a person wants to know when everything serves. */
export function readyBox(flags: StartFlags, data: DataDirectory, stack: Stack): string {
  const { owner } = demoState(data)
  const rows: [string, string][] = [['Open', stack.environment.PUBLIC_URL ?? '']]
  if (stack.pages) rows.push(['Edit', `${stack.pages}   the pages, as you change them`])
  if (owner) rows.push(['Sign in', `${owner.email}   password: ${owner.password ?? '(yours)'}`])
  if (!owner && stack.isNew) {
    const elsewhere = flags.data.endsWith('/.data') ? '' : ` --data ${flags.data}`
    rows.push(['First owner', `${FIRST_OWNER}${elsewhere}`])
  }
  rows.push(['Data', data.root], ['', ''], ['', 'Ctrl-C stops everything.'])
  return box('Manyhands is ready', rows)
}

/** Draws a frame around pairs of label and text. */
export function box(title: string, rows: readonly (readonly [string, string])[]): string {
  const labelWidth = Math.max(...rows.map(([label]) => label.length))
  const lines = [
    title,
    '',
    ...rows.map(([label, text]) => `${label.padEnd(labelWidth)}   ${text}`.trimEnd()),
  ]
  const width = Math.max(...lines.map((line) => line.length))
  const edge = '─'.repeat(width + 4)
  const framed = lines.map((line) => `│  ${line.padEnd(width)}  │`)
  return [`╭${edge}╮`, ...framed, `╰${edge}╯`].join('\n')
}
