// A pid alone is reused by the system; pid and start time together name one process for ever. Plain
// JavaScript, since the bootstrap needs it before the project's own Node.js is there.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** A word that no other process with this pid will ever have, or undefined when it is gone. A zombie
 *  counts as gone: it holds nothing any more, and in a container nobody may ever collect it. */
export function identifyProcess(pid) {
  if (process.platform !== 'linux') return identifyByPs(pid)
  const fields = statFields(pid)
  if (!fields || fields.state === 'Z' || fields.state === 'X') return undefined
  return `${bootId()}:${fields.startTime}`
}

/** The parent of a process with its command line, or undefined when there is none. */
export function parentOf(pid) {
  const parent = process.platform === 'linux' ? statFields(pid)?.parent : Number(ps(pid, 'ppid='))
  if (!parent) return undefined
  return { pid: parent, command: commandOf(parent) }
}

/** The command line of a process, empty when it is gone. */
export function commandOf(pid) {
  if (process.platform !== 'linux') return ps(pid, 'command=') ?? ''
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
  } catch {
    return ''
  }
}

/** Fields of proc(5) `stat`; the name in parentheses may itself hold spaces and parentheses. */
function statFields(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0], parent: Number(fields[1]), startTime: fields[19] }
  } catch {
    return undefined
  }
}

let boot
function bootId() {
  boot ??= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8)
  return boot
}

function identifyByPs(pid) {
  const [state, ...started] = (ps(pid, 'stat=,lstart=') ?? '').split(/\s+/)
  return !state || state.startsWith('Z') ? undefined : started.join('-')
}

function ps(pid, columns) {
  try {
    const said = execFileSync('ps', ['-o', columns, '-p', String(pid)], { encoding: 'utf8' })
    return said.trim() || undefined
  } catch {
    return undefined
  }
}
