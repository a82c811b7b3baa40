import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import { Button } from './button.tsx'
import { classNames } from './class-names.ts'
import styles from './drop-zone.module.css'
import { Icon } from './icon.tsx'

interface DropZoneProps {
  /** For the file dialog, for example `.csv,text/csv`. */
  accept: string
  label: string
  children?: ReactNode
  busy?: boolean
  onFile(file: File): void
}

/** A place to drop one file, and a button for those who do not drag. */
export function DropZone({ accept, label, children, busy = false, onFile }: DropZoneProps) {
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const take = (files: FileList | null) => {
    const file = files?.[0]
    if (file && !busy) onFile(file)
  }
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  return (
    <section
      aria-label={label}
      className={classNames(styles.zone, over && styles.over)}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <Icon name="upload" size={36} />
      <p className={styles.label}>{label}</p>
      {children}
      <Button kind="main" busy={busy} onClick={() => input.current?.click()}>
        Choose a file
      </Button>
      <input
        ref={input}
        type="file"
        accept={accept}
        className="visually-hidden"
        aria-label={label}
        tabIndex={-1}
        onChange={({ currentTarget }) => {
          take(currentTarget.files)
          // The same file chosen again, corrected meanwhile, is a change too.
          currentTarget.value = ''
        }}
      />
    </section>
  )
}
