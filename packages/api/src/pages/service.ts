import type { PageChange, PageInput } from '@manyhands/shared/pages/contract'
import { pageList } from '@manyhands/shared/pages/list-shape'
import { mayChangePages } from '@manyhands/shared/pages/policy'
import { pageRows } from '@manyhands/shared/pages/repository'
import { type PageRow, pages } from '@manyhands/shared/pages/table'
import { mayReadContents } from '@manyhands/shared/projects/policy'
import { contentService } from '../content/content-service.ts'
import { inProject } from '../content/places.ts'

export const pageService = contentService({
  name: 'page',
  shape: pageList,
  rows: pageRows,
  places: inProject<PageRow>(pages.projectId),
  mayRead: (caller, _page, project) => mayReadContents(caller, project),
  mayCreate: mayChangePages,
  mayChange: (caller, _page, project) => mayChangePages(caller, project),
  toRow: ({ project_id, media_url, ...rest }: PageInput) => ({
    ...rest,
    projectId: project_id,
    mediaUrl: media_url,
  }),
  toChange: ({ media_url, ...rest }: PageChange) => ({ ...rest, mediaUrl: media_url }),
})
