import type { HelpingMaterial } from './contract.ts'
import type { HelpingMaterialRow } from './table.ts'

export function toHelpingMaterialView(row: HelpingMaterialRow): HelpingMaterial {
  return {
    id: row.id,
    created: row.created,
    project_id: row.projectId,
    info: row.info,
    media_url: row.mediaUrl,
    priority: row.priority,
  }
}
