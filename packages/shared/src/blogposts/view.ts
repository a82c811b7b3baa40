import type { Blogpost } from './contract.ts'
import type { BlogpostRow } from './table.ts'

export function toBlogpostView(row: BlogpostRow): Blogpost {
  return {
    id: row.id,
    created: row.created,
    updated: row.updated,
    project_id: row.projectId,
    user_id: row.userId,
    title: row.title,
    body: row.body,
    info: row.info,
    media_url: row.mediaUrl,
    published: row.published,
  }
}
