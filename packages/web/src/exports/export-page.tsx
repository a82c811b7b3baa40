import { SegmentedControl } from '@mantine/core'
import type { ExportFormat, ExportType } from '@manyhands/shared/exports/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useManagedProject } from '../projects/managed-project.tsx'
import { Button } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { FormAlert } from '../ui/form-alert.tsx'
import { readServerErrors } from '../ui/form-errors.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import styles from './export-page.module.css'
import { ExportRow } from './export-row.tsx'
import { exportQueries, useStartExport } from './queries.ts'
import { TYPE_NAMES } from './type-names.ts'

const TYPES: { value: ExportType; label: string }[] = [
  { value: 'task_run', label: TYPE_NAMES.task_run },
  { value: 'result', label: TYPE_NAMES.result },
  { value: 'task', label: TYPE_NAMES.task },
]
const FORMATS: { value: ExportFormat; label: string }[] = [
  { value: 'csv', label: 'CSV' },
  { value: 'json', label: 'JSON' },
]

/** Settings, Export: what and how, then a row that becomes a download. */
export function ExportPage() {
  const { short_name: shortName } = useManagedProject()
  const exports = useQuery(exportQueries.list(shortName))
  const start = useStartExport(shortName)
  const [type, setType] = useState<ExportType>('task_run')
  const [format, setFormat] = useState<ExportFormat>('csv')
  return (
    <div className={styles.page}>
      <section className={styles.form} aria-label="New export">
        <fieldset>
          <legend>What</legend>
          <SegmentedControl data={TYPES} value={type} onChange={setType} />
        </fieldset>
        <fieldset>
          <legend>As</legend>
          <SegmentedControl data={FORMATS} value={format} onChange={setFormat} />
        </fieldset>
        <Button kind="main" busy={start.isPending} onClick={() => start.mutate({ type, format })}>
          Start the export
        </Button>
      </section>
      <FormAlert>{readServerErrors(start.error).general}</FormAlert>
      <section>
        <h2 className={styles.title}>Your exports</h2>
        {exports.isPending && <Skeleton width="100%" height={88} borderRadius={16} />}
        {exports.isError && <Failure error={exports.error} onRetry={exports.refetch} />}
        {exports.data?.length === 0 && (
          <p className={styles.empty}>
            None yet. Start one above; you may leave this page while it is made.
          </p>
        )}
        <ul className={styles.list}>
          {exports.data?.map((item) => (
            <ExportRow key={item.id} item={item} shortName={shortName} />
          ))}
        </ul>
      </section>
    </div>
  )
}
