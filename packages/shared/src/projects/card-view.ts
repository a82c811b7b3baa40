import type { CatalogueRow } from './catalogue.ts'
import type { ProjectCard } from './contract.ts'
import { toProgressView } from './view.ts'

export function toProjectCard({ project, category, stats, doneByMe }: CatalogueRow): ProjectCard {
  const thumbnail = project.info.thumbnail_url
  return {
    id: project.id,
    name: project.name,
    short_name: project.shortName,
    description: project.description,
    category: { id: category.id, name: category.name, short_name: category.shortName },
    thumbnail_url: typeof thumbnail === 'string' ? thumbnail : null,
    featured: project.featured,
    published: project.published,
    created: project.created,
    progress: toProgressView(stats ?? undefined),
    done_by_me: doneByMe,
    ...(project.trashed && { trashed: project.trashed }),
  }
}
