import { and, gte, lt, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { badValue } from './list-values.ts'

/** The parts of `YYYY-MM-DDTHH:MM:SS`, each with its digits, its separator and its range. */
const PARTS = [
  { name: 'year', digits: 4, before: '', min: 1, max: 9_999 },
  { name: 'month', digits: 2, before: '-', min: 1, max: 12 },
  { name: 'day', digits: 2, before: '-', min: 1, max: 31 },
  { name: 'hour', digits: 2, before: 'T', min: 0, max: 23 },
  { name: 'minute', digits: 2, before: ':', min: 0, max: 59 },
  { name: 'second', digits: 2, before: ':', min: 0, max: 59 },
] as const

/** The rows whose time, as the wire writes it, begins with `value` (`2015`, `2015-05`, `2015-05-0`), as
 *  a range of moments, so that an index serves it. Throws ValidationError for what no time begins with. */
export function momentPrefix(name: string, column: PgColumn, value: string): SQL | undefined {
  const range = momentRange(value.trim().replace(' ', 'T'))
  if (!range) throw badValue(name, value, 'a time like 2015-05-03T10:00:00, or its beginning')
  return and(
    gte(column, range.from),
    lt(column, sql`${range.from}::timestamptz + ${range.length}::interval`),
  )
}

/** The first moment and how long after it the last one is: PostgreSQL knows the calendar. */
export function momentRange(text: string): { from: string; length: string } | undefined {
  const fixed: string[] = []
  let rest = text
  for (const part of PARTS) {
    if (!rest.startsWith(part.before) && rest !== '') return undefined
    rest = rest.slice(part.before.length)
    const last = PARTS[fixed.length - 1]
    // A separator alone says no more than its absence.
    if (rest === '') return last && { from: firstMoment(fixed), length: `1 ${last.name}` }
    const digits = /^\d+/.exec(rest.slice(0, part.digits))?.[0]
    if (!digits) return undefined
    rest = rest.slice(digits.length)
    const max = part.name === 'day' ? daysIn(fixed) : part.max
    if (digits.length < part.digits)
      return rest === '' ? partly(fixed, { ...part, max }, digits) : undefined
    if (Number(digits) < part.min || Number(digits) > max) return undefined
    fixed.push(digits)
  }
  if (!/^(\.\d{0,6})?$/.test(rest)) return undefined
  const fraction = rest.slice(1)
  return {
    from: `${firstMoment(fixed).slice(0, -1)}${fraction ? `.${fraction}` : ''}Z`,
    length: fraction ? `${10 ** (6 - fraction.length)} microseconds` : '1 second',
  }
}

/** `2015-1`: the months 10 to 12. */
function partly(
  fixed: string[],
  part: { name: string; digits: number; min: number; max: number },
  digits: string,
): { from: string; length: string } | undefined {
  const width = 10 ** (part.digits - digits.length)
  const low = Math.max(Number(digits) * width, part.min)
  const high = Math.min((Number(digits) + 1) * width - 1, part.max)
  if (low > high) return undefined
  const from = firstMoment([...fixed, String(low).padStart(part.digits, '0')])
  return { from, length: `${high - low + 1} ${part.name}s` }
}

function daysIn([year, month]: string[]): number {
  return new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
}

function firstMoment(fixed: string[]): string {
  const at = (index: number) =>
    fixed[index] ?? String(PARTS[index]?.min ?? 0).padStart(PARTS[index]?.digits ?? 2, '0')
  return `${at(0)}-${at(1)}-${at(2)}T${at(3)}:${at(4)}:${at(5)}Z`
}
