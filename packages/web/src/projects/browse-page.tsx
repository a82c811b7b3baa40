import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { CategoryChips } from '../categories/category-chips.tsx'
import { Button, buttonClass } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { Page } from '../ui/page.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { StateMessage } from '../ui/state-message.tsx'
import styles from './browse-page.module.css'
import { ProjectGrid, ProjectGridSkeleton } from './project-grid.tsx'
import { type ProjectSearch, SORTS } from './project-search.ts'
import { projectQueries } from './queries.ts'

const PAGE_SIZE = 24

/** `/project` and `/project/category/<name>`: the address holds the whole filter. */
export function BrowsePage() {
  const filter: ProjectSearch = useSearch({ strict: false })
  const { name: category } = useParams({ strict: false })
  const navigate = useNavigate()
  const projects = useInfiniteQuery(projectQueries.pages({ ...filter, category, limit: PAGE_SIZE }))
  const change = (next: ProjectSearch) => {
    const search = { ...filter, ...next }
    if (!search.search) delete search.search
    if (search.sort === 'featured') delete search.sort
    void navigate({ to: '.', search, replace: true, resetScroll: false })
  }
  return (
    <Page title="Explore projects" lead="Find a question that you would like to look at.">
      <div className={styles.filter}>
        <SearchField
          value={filter.search ?? ''}
          label="Search projects"
          onChange={(search) => change({ search })}
        />
        <label className={styles.sort}>
          <span>Order</span>
          <select
            value={filter.sort ?? 'featured'}
            onChange={({ currentTarget }) =>
              change({ sort: currentTarget.value as keyof typeof SORTS })
            }
          >
            {Object.entries(SORTS).map(([sort, name]) => (
              <option key={sort} value={sort}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </div>
      <CategoryChips chosen={category} search={filter} />
      <section className={styles.results} aria-labelledby="results">
        <h2 id="results" className="visually-hidden">
          Projects found
        </h2>
        {projects.isPending && <ProjectGridSkeleton />}
        {projects.isError && <Failure error={projects.error} onRetry={projects.refetch} />}
        {projects.data &&
          (projects.data.pages[0]?.items.length === 0 ? (
            <NothingFound searched={filter.search} />
          ) : (
            <ProjectGrid projects={projects.data.pages.flatMap(({ items }) => items)} />
          ))}
        {projects.hasNextPage && (
          <div className={styles.more}>
            <Button
              busy={projects.isFetchingNextPage}
              onClick={() => void projects.fetchNextPage()}
            >
              Show more
            </Button>
          </div>
        )}
      </section>
    </Page>
  )
}

function NothingFound({ searched }: { searched: string | undefined }) {
  return (
    <StateMessage
      title={searched ? `Nothing found for “${searched}”` : 'No project here yet'}
      lit={0}
      action={
        <Link to="/project" className={buttonClass({ kind: 'main' })}>
          See all projects
        </Link>
      }
    >
      <p>
        {searched
          ? 'Try another word, or look through all topics.'
          : 'Another topic may have one, or you could start the first.'}
      </p>
    </StateMessage>
  )
}
