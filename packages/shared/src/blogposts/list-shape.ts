import type { ListShape } from '../db/list.ts'
import { blogposts } from './table.ts'

export const blogpostList: ListShape = {
  name: 'Blogpost',
  fields: {
    id: { column: blogposts.id, kind: 'int' },
    created: { column: blogposts.created, kind: 'moment' },
    updated: { column: blogposts.updated, kind: 'moment' },
    project_id: { column: blogposts.projectId, kind: 'parent-ids' },
    user_id: { column: blogposts.userId, kind: 'int' },
    title: { column: blogposts.title, kind: 'text' },
    body: { column: blogposts.body, kind: 'text' },
    info: { column: blogposts.info, kind: 'json' },
    media_url: { column: blogposts.mediaUrl, kind: 'text' },
    published: { column: blogposts.published, kind: 'bool' },
  },
}
