import { closeSync, fstatSync, openSync, readSync, renameSync, statSync } from 'node:fs'

const TAIL_BYTES = 64 * 1024

/** Keeps one earlier log beside the new one, so that a restart does not hide why it was needed. */
export function rotateLog(file: string): void {
  if (sizeOf(file) > 0) renameSync(file, earlierLog(file))
}

export function earlierLog(file: string): string {
  return file.replace(/\.log$/, '.1.log')
}

/** Where the log ends now: what comes later belongs to the next process. */
export function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

/** The last lines written after `from`, at most `lines` of them. */
export function logTail(file: string, lines: number, from = 0): string[] {
  if (sizeOf(file) === 0) return []
  const descriptor = openSync(file, 'r')
  try {
    const { size } = fstatSync(descriptor)
    const start = Math.max(from, size - TAIL_BYTES)
    const buffer = Buffer.alloc(Math.max(0, size - start))
    readSync(descriptor, buffer, 0, buffer.length, start)
    return buffer.toString('utf8').trimEnd().split('\n').slice(-lines)
  } finally {
    closeSync(descriptor)
  }
}
