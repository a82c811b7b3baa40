import { toWireMoment } from '../db/columns.ts'

/** PostgreSQL's text of a `timestamp` -> the wire's. Nearly all have six digits: those need no parsing. */
export function toMoment(text: string): string {
  return text.length === 26 ? `${text.slice(0, 10)}T${text.slice(11)}` : toWireMoment(text)
}
