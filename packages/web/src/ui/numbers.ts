const whole = new Intl.NumberFormat()
const short = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 })
const oneDecimal = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 })

/** 1,204 in the reader's own way of writing. */
export function formatCount(count: number): string {
  return whole.format(count)
}

/** Up to 9,999 in full, then 12.3K: for places where the width is fixed. */
export function formatShort(count: number): string {
  return count < 10_000 ? whole.format(count) : short.format(count)
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}

/** "9 seconds", "1.5 minutes"; undefined while there is nothing to tell. */
export function formatSeconds(seconds: number): string | undefined {
  if (!(seconds > 0)) return undefined
  if (seconds < 90) return plural(Math.max(1, Math.round(seconds)), 'second')
  const minutes = seconds / 60
  if (minutes >= 90) return `${oneDecimal.format(minutes / 60)} hours`
  return `${oneDecimal.format(minutes)} minutes`
}

export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${oneDecimal.format(value)} ${units[unit]}`
}
