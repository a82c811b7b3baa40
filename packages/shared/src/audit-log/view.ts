import type { AuditEntry } from './contract.ts'
import type { AuditRow } from './table.ts'

export function toAuditEntry(row: AuditRow): AuditEntry {
  return {
    id: row.id,
    created: row.created,
    project_id: row.projectId,
    project_short_name: row.projectShortName,
    user_id: row.userId,
    user_name: row.userName,
    action: row.action,
    caller: row.caller,
    attribute: row.attribute,
    old_value: row.oldValue,
    new_value: row.newValue,
  }
}
