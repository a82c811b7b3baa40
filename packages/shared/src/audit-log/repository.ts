import { and, desc, eq, isNull, lt } from 'drizzle-orm'
import type { Reader, Writer } from '../db/types.ts'
import { type AttributeChange, changedAttributes } from './rules.ts'
import { type AuditRow, auditLog } from './table.ts'

export interface Change {
  /** Null for a change of the site itself. */
  project: { id: number; shortName: string } | null
  user: { id: number; name: string } | null
  action: 'create' | 'update' | 'delete'
  attribute: string
  oldValue?: unknown
  newValue?: unknown
}

/** Who changed what, in the transaction of the change. */
export async function recordChange(tx: Writer, change: Change): Promise<void> {
  await insertChanges(tx, change, [change])
}

/** A row for each attribute that differs between two states of an object, by wire names. */
export async function recordChanges(
  tx: Writer,
  by: Pick<Change, 'project' | 'user'>,
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): Promise<void> {
  await insertChanges(tx, { ...by, action: 'update' }, changedAttributes(before, after))
}

async function insertChanges(
  tx: Writer,
  by: Pick<Change, 'project' | 'user' | 'action'>,
  changes: Array<Pick<AttributeChange, 'attribute'> & Partial<AttributeChange>>,
): Promise<void> {
  if (changes.length === 0) return
  await tx.insert(auditLog).values(
    changes.map((change) => ({
      projectId: by.project?.id ?? null,
      projectShortName: by.project?.shortName ?? '',
      userId: by.user?.id ?? 0,
      userName: by.user?.name ?? 'anonymous',
      action: by.action,
      caller: 'api' as const,
      attribute: change.attribute,
      oldValue: toText(change.oldValue),
      newValue: toText(change.newValue),
    })),
  )
}

function toText(value: unknown): string | null {
  if (value === undefined || value === null) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}

export interface AuditQuery {
  /** Null: changes of the site itself. */
  projectId: number | null
  attribute?: string | undefined
  user?: string | undefined
  before?: number | undefined
  limit: number
}

/** Newest first. */
export function listChanges(db: Reader, query: AuditQuery): Promise<AuditRow[]> {
  const { projectId, attribute, user, before, limit } = query
  return db
    .select()
    .from(auditLog)
    .where(
      and(
        projectId === null ? isNull(auditLog.projectId) : eq(auditLog.projectId, projectId),
        attribute === undefined ? undefined : eq(auditLog.attribute, attribute),
        user === undefined ? undefined : eq(auditLog.userName, user),
        before === undefined ? undefined : lt(auditLog.id, before),
      ),
    )
    .orderBy(desc(auditLog.id))
    .limit(limit)
}
