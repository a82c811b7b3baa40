import { parseData } from './start-flags.ts'
import { UsageError } from './usage-error.ts'

/** Takes `--data DIR` out of what was typed; the rest is the command's own business. `data` is absolute.
 *  Throws UsageError. */
export function splitDataFlag(
  args: readonly string[],
  cwd: string,
): { data: string; command: string[] } {
  const command: string[] = []
  let data: string | undefined
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? ''
    if (arg.startsWith('--data=')) {
      data = arg.slice('--data='.length)
    } else if (arg === '--data') {
      data = args[++at]
      if (data === undefined) throw new UsageError('--data needs a directory')
    } else {
      command.push(arg)
    }
  }
  return { data: parseData(data, cwd), command }
}
