import { toWireMilliseconds } from '../db/columns.ts'
import { hashToken } from '../secrets/secrets.ts'
import type { Identity } from './contract.ts'
import type { IdentityRow } from './table.ts'

export function toIdentityView(row: IdentityRow): Identity {
  return {
    id: identityId(row),
    issuer: row.issuer,
    subject: row.subject,
    created: toWireMilliseconds(row.created),
  }
}

/** Fits into an address, whatever the provider's names look like. */
export function identityId({ issuer, subject }: { issuer: string; subject: string }): string {
  return hashToken(JSON.stringify([issuer, subject]))
    .toString('base64url')
    .slice(0, 22)
}
