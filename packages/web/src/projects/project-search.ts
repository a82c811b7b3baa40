import { ProjectFilter } from '@manyhands/shared/projects/contract'

export const SORTS = {
  featured: 'Picked for you',
  newest: 'Newest',
  active: 'Most active',
  nearly_done: 'Nearly done',
  needs_help: 'Needs help',
} as const satisfies Record<NonNullable<ProjectFilter['sort']>, string>

/** The part of the filter that stands in the address of the browse page. */
export interface ProjectSearch {
  search?: string
  sort?: keyof typeof SORTS
}

/** Reads the address leniently: what is not understood is left out, never an error page. */
export function parseProjectSearch(raw: Record<string, unknown>): ProjectSearch {
  const search = ProjectFilter.shape.search.safeParse(
    typeof raw.search === 'number' ? String(raw.search) : raw.search,
  )
  const sort = ProjectFilter.shape.sort.safeParse(raw.sort)
  return {
    ...(search.success && search.data ? { search: search.data } : {}),
    ...(sort.success && sort.data && sort.data !== 'featured' ? { sort: sort.data } : {}),
  }
}
