import { sql } from 'drizzle-orm'
import { customType, integer, timestamp } from 'drizzle-orm/pg-core'

/** A moment in UTC with microseconds. Read and written as the text of the wire contract
 *  (`YYYY-MM-DDTHH:MM:SS.ffffff`, no zone; the fraction is absent when zero), because a
 *  JavaScript `Date` would lose three digits. Source: rest-api.md section 0, "Time stamps". */
export const moment = customType<{ data: string; driverData: string }>({
  dataType: () => 'timestamp (6) with time zone',
  fromDriver: toWireMoment,
  toDriver: (value) => (/(Z|[+-]\d\d(:?\d\d)?)$/.test(value) ? value : `${value}+00`),
})

/** PostgreSQL's text of a `timestamptz` in a UTC session -> the wire's text. */
export function toWireMoment(text: string): string {
  const [, day, time, fraction] = /^(\S+)[ T](\d\d:\d\d:\d\d)(?:\.(\d+))?/.exec(text) ?? []
  if (!day || !time) return text
  return fraction ? `${day}T${time}.${fraction.padEnd(6, '0')}` : `${day}T${time}`
}

/** A moment that is kept with milliseconds, as the wire's text. */
export function toWireMilliseconds(moment: Date): string {
  return moment.toISOString().replace('Z', '000')
}

/** Set once, when the row is inserted. `clock_timestamp`, so that rows of one transaction differ. */
export const created = () => moment().notNull().default(sql`clock_timestamp()`)

/** Moves with every update of the row. */
export const updated = () => created().$onUpdate(() => sql`clock_timestamp()`)

/** A serial key that the application may also set (imports from another server). */
export const serialKey = () => integer().primaryKey().generatedByDefaultAsIdentity()

/** A moment nobody outside sees, where milliseconds are enough. */
export const internalMoment = () => timestamp({ withTimezone: true, mode: 'date' })

export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => 'bytea',
})
