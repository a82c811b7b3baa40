import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useManagedProject } from '../projects/managed-project.tsx'
import { buttonClass } from '../ui/button.tsx'
import { DropZone } from '../ui/drop-zone.tsx'
import { FormAlert } from '../ui/form-alert.tsx'
import { readServerErrors } from '../ui/form-errors.ts'
import { plural } from '../ui/numbers.ts'
import { StateMessage } from '../ui/state-message.tsx'
import styles from './import-page.module.css'
import { ImportPreviewCard } from './import-preview-card.tsx'
import { useImportTasks, usePreviewImport } from './queries.ts'

/** Settings, Import: a CSV file, looked through before anything is stored. */
export function ImportPage() {
  const project = useManagedProject()
  const preview = usePreviewImport(project.short_name)
  const importing = useImportTasks(project.short_name)
  const [file, setFile] = useState<File>()
  const startOver = () => {
    setFile(undefined)
    preview.reset()
    importing.reset()
  }
  if (importing.isSuccess) {
    return <Imported shortName={project.short_name} outcome={importing.data} onMore={startOver} />
  }
  if (file && preview.data) {
    return (
      <ImportPreviewCard
        file={file}
        preview={preview.data}
        presenter={project.presenter}
        importing={importing.isPending}
        error={readServerErrors(importing.error).general}
        onImport={() => importing.mutate(file)}
        onCancel={startOver}
      />
    )
  }
  return (
    <div className={styles.start}>
      <DropZone
        label="Drop a CSV file here"
        accept=".csv,text/csv"
        busy={preview.isPending}
        onFile={(chosen) => {
          setFile(chosen)
          preview.mutate(chosen)
        }}
      >
        <p>Nothing is stored before you have seen what it becomes.</p>
      </DropZone>
      <FormAlert>{readServerErrors(preview.error).general}</FormAlert>
      <FormatNote field={project.presenter?.stimulus.field} />
    </div>
  )
}

function FormatNote({ field = 'image' }: { field?: string | undefined }) {
  return (
    <section className={styles.note}>
      <h2>What the file looks like</h2>
      <p>
        The first line names the columns; every line after it becomes one task. Your presenter shows
        the column <code>{field}</code>.
      </p>
      <pre className={styles.example}>{`${field},source\n…,Archive box 12\n…,Archive box 13`}</pre>
      <p>
        Columns called <code>priority_0</code> and <code>n_answers</code> set the priority and the
        number of answers wanted. With a column <code>external_id</code>, your own number of a row,
        the same file can be imported again: what is there already is left out.
      </p>
    </section>
  )
}

interface ImportedProps {
  shortName: string
  outcome: { n_created: number; n_duplicates: number }
  onMore(): void
}

function Imported({ shortName, outcome, onMore }: ImportedProps) {
  return (
    <div role="status">
      <StateMessage
        title={`${plural(outcome.n_created, 'task')} added`}
        lit={5}
        action={
          <>
            <Link
              to="/project/$shortName/settings"
              params={{ shortName }}
              className={buttonClass({ kind: 'main' })}
            >
              Go on
            </Link>
            <button type="button" className={buttonClass()} onClick={onMore}>
              Import another file
            </button>
          </>
        }
      >
        {outcome.n_duplicates > 0 && (
          <p>Left out, because they were there already: {plural(outcome.n_duplicates, 'row')}.</p>
        )}
      </StateMessage>
    </div>
  )
}
