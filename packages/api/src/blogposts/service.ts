import type { BlogpostChange, BlogpostInput } from '@manyhands/shared/blogposts/contract'
import { blogpostList } from '@manyhands/shared/blogposts/list-shape'
import {
  mayChangeBlogpost,
  mayCreateBlogpost,
  mayReadBlogpost,
} from '@manyhands/shared/blogposts/policy'
import { blogpostRows } from '@manyhands/shared/blogposts/repository'
import { type BlogpostRow, blogposts } from '@manyhands/shared/blogposts/table'
import { visibleBlogposts } from '@manyhands/shared/blogposts/visibility'
import { updateProject } from '@manyhands/shared/projects/repository'
import { moveBlogpostCount } from '@manyhands/shared/stats/repository'
import { contentService } from '../content/content-service.ts'
import { inProject } from '../content/places.ts'

export const blogpostService = contentService({
  name: 'blogpost',
  shape: blogpostList,
  rows: blogpostRows,
  places: inProject<BlogpostRow>(blogposts.projectId),
  mayRead: mayReadBlogpost,
  mayCreate: mayCreateBlogpost,
  mayChange: mayChangeBlogpost,
  visible: visibleBlogposts,
  toRow: ({ project_id, media_url, ...rest }: BlogpostInput, userId) => ({
    ...rest,
    projectId: project_id,
    mediaUrl: media_url,
    userId,
  }),
  toChange: ({ media_url, ...rest }: BlogpostChange) => ({ ...rest, mediaUrl: media_url }),
  // The counters before the project's row: the order in which the relay takes them.
  follow: {
    async created(tx, { projectId }) {
      await moveBlogpostCount(tx, projectId, 1)
      await updateProject(tx, projectId, {})
    },
    changed: (tx, { projectId }) => updateProject(tx, projectId, {}),
    removed: (tx, { projectId }) => moveBlogpostCount(tx, projectId, -1),
  },
})
