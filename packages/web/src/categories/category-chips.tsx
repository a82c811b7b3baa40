import { useQuery } from '@tanstack/react-query'
import { Link, type LinkProps } from '@tanstack/react-router'
import { classNames } from '../ui/class-names.ts'
import styles from './category-chips.module.css'
import { categoryQueries } from './queries.ts'

interface CategoryChipsProps {
  /** The short name of the chosen one; undefined for all. */
  chosen?: string | undefined
  /** What else is in the address and has to stay there. */
  search?: LinkProps['search']
}

/** Topics to choose from; scrolls sideways where they do not fit. */
export function CategoryChips({ chosen, search }: CategoryChipsProps) {
  const { data: categories = [] } = useQuery(categoryQueries.list())
  if (categories.length === 0) return null
  return (
    <nav aria-label="Topics" className={styles.scroll}>
      <ul className={styles.chips}>
        <li>
          <Link
            to="/project"
            search={search}
            className={classNames(styles.chip, chosen === undefined && styles.chosen)}
            aria-current={chosen === undefined || undefined}
          >
            All topics
          </Link>
        </li>
        {categories.map(({ id, name, short_name }) => (
          <li key={id}>
            <Link
              to="/project/category/$name"
              params={{ name: short_name }}
              search={search}
              className={classNames(styles.chip, chosen === short_name && styles.chosen)}
              aria-current={chosen === short_name || undefined}
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
