import type { ListShape } from '../db/list.ts'
import { pages } from './table.ts'

export const pageList: ListShape = {
  name: 'Page',
  fields: {
    id: { column: pages.id, kind: 'int' },
    created: { column: pages.created, kind: 'moment' },
    slug: { column: pages.slug, kind: 'text' },
    project_id: { column: pages.projectId, kind: 'parent-ids' },
    info: { column: pages.info, kind: 'json' },
    media_url: { column: pages.mediaUrl, kind: 'text' },
  },
}
