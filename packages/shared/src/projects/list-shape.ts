import type { ListShape } from '../db/list.ts'
import { projects } from './table.ts'

export const projectList: ListShape = {
  name: 'Project',
  fields: {
    id: { column: projects.id, kind: 'int' },
    created: { column: projects.created, kind: 'moment' },
    updated: { column: projects.updated, kind: 'moment' },
    name: { column: projects.name, kind: 'text' },
    short_name: { column: projects.shortName, kind: 'text' },
    description: { column: projects.description, kind: 'text' },
    long_description: { column: projects.longDescription, kind: 'text' },
    featured: { column: projects.featured, kind: 'bool' },
    owner_id: { column: projects.ownerId, kind: 'int' },
    owners_ids: { column: projects.ownersIds, kind: 'ints' },
    category_id: { column: projects.categoryId, kind: 'int' },
    info: { column: projects.info, kind: 'json', ownersOnly: true },
    webhook: { column: projects.webhook, kind: 'text', ownersOnly: true },
    allow_anonymous_contributors: {
      column: projects.allowAnonymousContributors,
      kind: 'bool',
      ownersOnly: true,
    },
    published: { column: projects.published, kind: 'bool' },
    zip_download: { column: projects.zipDownload, kind: 'bool', ownersOnly: true },
    contacted: { column: projects.contacted, kind: 'bool', ownersOnly: true },
  },
}
