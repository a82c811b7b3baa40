import type { Export } from '@manyhands/shared/exports/contract'
import { parseWireTime } from '../api/wire-time.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { FormAlert } from '../ui/form-alert.tsx'
import { readServerErrors } from '../ui/form-errors.ts'
import { Icon } from '../ui/icon.tsx'
import { formatBytes, formatCount, plural } from '../ui/numbers.ts'
import { ProgressBar } from '../ui/progress-bar.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { toast } from '../ui/toasts.tsx'
import styles from './export-page.module.css'
import { isUnderWay, useCancelExport, useStartExport } from './queries.ts'
import { TYPE_NAMES } from './type-names.ts'
import { usePace } from './use-pace.ts'

interface ExportRowProps {
  item: Export
  shortName: string
}

/** One export: a progress bar while it is made, then a download. */
export function ExportRow({ item, shortName }: ExportRowProps) {
  return (
    <li className={styles.row}>
      <div className={styles.rowHead}>
        <h3>
          {TYPE_NAMES[item.type]}, {item.format.toUpperCase()}
        </h3>
        <span className={styles.muted}>
          <RelativeTime time={parseWireTime(item.created)} />
        </span>
      </div>
      {isUnderWay(item) && <UnderWay item={item} shortName={shortName} />}
      {item.state === 'done' && <Done item={item} />}
      {(item.state === 'failed' || item.state === 'cancelled') && (
        <Ended item={item} shortName={shortName} />
      )}
    </li>
  )
}

function UnderWay({ item, shortName }: ExportRowProps) {
  const cancel = useCancelExport(shortName)
  const pace = usePace(item)
  const total = item.rows_total
  return (
    <>
      <ProgressBar
        value={item.rows_done}
        max={total ?? 0}
        label={`Export of ${TYPE_NAMES[item.type]}`}
      />
      <div className={styles.rowFoot}>
        <p className={styles.muted}>
          {item.state === 'waiting' || total === null
            ? 'Waiting for its turn'
            : `${formatCount(item.rows_done)} of ${plural(total, 'row')}${pace ? ` · ${pace}` : ''}`}
        </p>
        <Button kind="quiet" busy={cancel.isPending} onClick={() => cancel.mutate(item.id)}>
          Cancel
        </Button>
      </div>
      <FormAlert>{readServerErrors(cancel.error).general}</FormAlert>
    </>
  )
}

function Done({ item }: { item: Export }) {
  const copy = async (checksum: string) => {
    await navigator.clipboard.writeText(checksum)
    toast('Checksum copied')
  }
  return (
    <div className={styles.rowFoot}>
      <div className={styles.file}>
        <p className={styles.fileName}>{item.file_name}</p>
        <p className={styles.muted}>
          {plural(item.rows_done, 'row')}
          {item.bytes !== null && ` · ${formatBytes(item.bytes)}`}
          {item.sha256 && (
            <>
              {' · '}
              <button
                type="button"
                className={styles.checksum}
                title={`SHA-256 ${item.sha256}, press to copy`}
                onClick={() => void copy(item.sha256 ?? '')}
              >
                SHA-256 {item.sha256.slice(0, 10)}…
              </button>
            </>
          )}
        </p>
      </div>
      {item.download_url && (
        <a
          href={item.download_url}
          download={item.file_name ?? true}
          className={buttonClass({ kind: 'main' })}
        >
          <Icon name="download" /> Download
        </a>
      )}
    </div>
  )
}

function Ended({ item, shortName }: ExportRowProps) {
  const start = useStartExport(shortName)
  const { type, format } = item
  return (
    <div className={styles.rowFoot}>
      <p className={item.state === 'failed' ? styles.failed : styles.muted}>
        {item.state === 'failed'
          ? `It failed: ${item.error ?? 'the reason is not known'}`
          : 'Cancelled'}
      </p>
      <Button icon="refresh" busy={start.isPending} onClick={() => start.mutate({ type, format })}>
        Start again
      </Button>
    </div>
  )
}
