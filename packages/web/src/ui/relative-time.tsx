const formatter = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' })
const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

/** "3 minutes ago", with the exact time and its zone on demand. */
export function RelativeTime({ time }: { time: Date }) {
  const seconds = (time.getTime() - Date.now()) / 1000
  const [unit, length] = UNITS.find(([, unitLength]) => Math.abs(seconds) >= unitLength) ?? []
  const text = unit && length ? formatter.format(Math.round(seconds / length), unit) : 'just now'
  return (
    <time
      dateTime={time.toISOString()}
      title={time.toLocaleString(undefined, { dateStyle: 'full', timeStyle: 'long' })}
    >
      {text}
    </time>
  )
}
