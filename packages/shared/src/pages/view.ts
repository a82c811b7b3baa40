import type { Page } from './contract.ts'
import type { PageRow } from './table.ts'

export function toPageView(row: PageRow): Page {
  return {
    id: row.id,
    created: row.created,
    slug: row.slug,
    project_id: row.projectId,
    info: row.info,
    media_url: row.mediaUrl,
  }
}
