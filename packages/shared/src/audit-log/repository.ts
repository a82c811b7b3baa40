import type { Writer } from '../db/types.ts'
import { auditLog } from './table.ts'

export interface Change {
  project: { id: number; shortName: string }
  user: { id: number; name: string } | null
  action: 'create' | 'update' | 'delete'
  attribute: string
  oldValue?: unknown
  newValue?: unknown
}

/** Who changed what, in the transaction of the change. */
export async function recordChange(tx: Writer, change: Change): Promise<void> {
  await tx.insert(auditLog).values({
    projectId: change.project.id,
    projectShortName: change.project.shortName,
    userId: change.user?.id ?? 0,
    userName: change.user?.name ?? 'anonymous',
    action: change.action,
    caller: 'api',
    attribute: change.attribute,
    oldValue: toText(change.oldValue),
    newValue: toText(change.newValue),
  })
}

function toText(value: unknown): string | null {
  if (value === undefined || value === null) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}
