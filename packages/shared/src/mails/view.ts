import type { CapturedMail } from './contract.ts'
import type { CapturedMailRow } from './table.ts'

export function toCapturedMailView(row: CapturedMailRow): CapturedMail {
  const { id, created, recipient, subject, text, html } = row
  return { id, created: created.toISOString(), recipient, subject, text, html }
}
