import { type SQL, sql } from 'drizzle-orm'
import type { ListShape } from '../db/list.ts'
import type { Caller } from '../users/policy.ts'
import { projects } from './table.ts'
import { PUBLIC_INFO, SECRET_INFO } from './view.ts'
import { ownedBy } from './visibility.ts'

/** The fields of projects for `caller`, who finds by the contents of `info` only what they may see of it.
 *  `publicFields` are the keys that this server shows to all, beside the usual ones. */
export function projectListFor(caller: Caller, publicFields: string[]): ListShape {
  return {
    ...projectList,
    fields: {
      ...projectList.fields,
      info: { column: projects.info, kind: 'json', visible: visibleInfo(caller, publicFields) },
    },
  }
}

function visibleInfo({ userId, isAdmin }: Caller, publicFields: string[]): SQL {
  const secret = sql`${projects.info} - array[${sql.join(
    SECRET_INFO.map((key) => sql`${key}`),
    sql`, `,
  )}]::text[]`
  if (isAdmin) return sql`(${secret})`
  const names = [...PUBLIC_INFO, ...publicFields]
  const shown = sql`(select coalesce(jsonb_object_agg(key, value), '{}')
    from jsonb_each(${projects.info}) where key in ${names})`
  if (userId === null) return shown
  return sql`(case when ${ownedBy(userId)} then ${secret} else ${shown} end)`
}

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
    info: { column: projects.info, kind: 'json' },
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
