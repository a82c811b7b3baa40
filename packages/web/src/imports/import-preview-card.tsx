import { type ImportPreview, TASK_COLUMNS } from '@manyhands/shared/imports/contract'
import type { Presenter } from '@manyhands/shared/presenters/contract'
import { Button } from '../ui/button.tsx'
import { FormAlert } from '../ui/form-alert.tsx'
import { Icon } from '../ui/icon.tsx'
import { formatBytes, formatCount, plural } from '../ui/numbers.ts'
import styles from './import-page.module.css'
import { RowErrors } from './row-errors.tsx'

interface ImportPreviewCardProps {
  file: File
  preview: ImportPreview
  presenter: Presenter | null
  importing: boolean
  error: string | null
  onImport(): void
  onCancel(): void
}

/** What the file would become, and what is wrong with it. */
export function ImportPreviewCard(props: ImportPreviewCardProps) {
  const { file, preview, presenter, importing, error, onImport, onCancel } = props
  const fresh = preview.n_rows - preview.n_duplicates
  const missing = presenter && !preview.columns.includes(presenter.stimulus.field)
  return (
    <section className={styles.card} aria-label="Preview of the file">
      <header className={styles.head}>
        <div>
          <h2>{file.name}</h2>
          <p className={styles.muted}>
            {formatBytes(file.size)} · {plural(preview.n_rows, 'good row')}
            {preview.n_duplicates > 0 &&
              ` · ${formatCount(preview.n_duplicates)} already there, left out`}
          </p>
        </div>
        <Button kind="quiet" onClick={onCancel}>
          Other file
        </Button>
      </header>
      {missing && (
        <p className={styles.warning}>
          <Icon name="warning" />
          <span>
            The presenter shows the column <code>{presenter.stimulus.field}</code>, which this file
            does not have. Volunteers would see nothing.
          </span>
        </p>
      )}
      {preview.n_errors > 0 && <RowErrors errors={preview.errors} count={preview.n_errors} />}
      <FirstRows preview={preview} />
      <FormAlert>{error}</FormAlert>
      <div className={styles.actions}>
        <Button
          kind="main"
          size="large"
          busy={importing}
          disabled={preview.n_errors > 0 || fresh < 1}
          onClick={onImport}
        >
          {importing ? 'Importing' : `Import ${plural(Math.max(0, fresh), 'task')}`}
        </Button>
        {preview.n_errors > 0 && (
          <p className={styles.muted}>All rows are stored or none: correct the file first.</p>
        )}
        {preview.n_errors === 0 && fresh < 1 && (
          <p className={styles.muted}>There is nothing new in this file.</p>
        )}
      </div>
    </section>
  )
}

function FirstRows({ preview }: { preview: ImportPreview }) {
  const special = new Set<string>(TASK_COLUMNS)
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption>The first rows, as they become tasks</caption>
        <thead>
          <tr>
            {preview.columns.map((column) => (
              <th key={column} scope="col">
                {column}
                {special.has(column) && <span className={styles.special}>setting</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no other name.
            <tr key={index}>
              {preview.columns.map((column) => (
                <td key={column}>{row[column]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
