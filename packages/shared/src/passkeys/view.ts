import { toWireMilliseconds } from '../db/columns.ts'
import type { Passkey } from './contract.ts'
import type { PasskeyRow } from './table.ts'

export function toPasskeyView(row: PasskeyRow): Passkey {
  return {
    id: row.id,
    name: row.name,
    created: toWireMilliseconds(row.created),
    last_used: row.lastUsed && toWireMilliseconds(row.lastUsed),
    backed_up: row.backedUp,
  }
}
