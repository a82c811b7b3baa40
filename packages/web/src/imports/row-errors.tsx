import type { RowError } from '@manyhands/shared/imports/contract'
import { Icon } from '../ui/icon.tsx'
import { formatCount, plural } from '../ui/numbers.ts'
import styles from './import-page.module.css'

/** Where in the file something is wrong: line and column, as an editor counts them. */
export function RowErrors({ errors, count }: { errors: RowError[]; count: number }) {
  return (
    <div className={styles.errors} role="alert">
      <p className={styles.errorsTitle}>
        <Icon name="warning" />
        {plural(count, 'row')} cannot be read
      </p>
      <ul>
        {errors.map(({ line, column, message }) => (
          <li key={`${line}-${column}-${message}`}>
            <b>
              Line {formatCount(line)}
              {column && `, ${column}`}
            </b>{' '}
            {message}
          </li>
        ))}
      </ul>
      {count > errors.length && <p>and {formatCount(count - errors.length)} more.</p>}
    </div>
  )
}
