import { useSyncExternalStore } from 'react'
import { Icon } from './icon.tsx'
import styles from './toasts.module.css'

const SHOWN_MS = 5_000

interface Toast {
  id: number
  text: string
}

let toasts: Toast[] = []
let lastId = 0
const listeners = new Set<() => void>()

function change(next: Toast[]): void {
  toasts = next
  for (const listener of listeners) listener()
}

/** Tells of a success in passing. Failures belong beside the control that caused them. */
export function toast(text: string): void {
  const id = ++lastId
  change([...toasts, { id, text }])
  setTimeout(() => change(toasts.filter((other) => other.id !== id)), SHOWN_MS)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Stands in the page from the start: screen readers announce only what enters a region they know. */
export function Toasts() {
  const shown = useSyncExternalStore(subscribe, () => toasts)
  return (
    <div className={styles.region} role="status" aria-live="polite">
      {shown.map(({ id, text }) => (
        <div key={id} className={styles.toast}>
          <Icon name="check" />
          {text}
        </div>
      ))}
    </div>
  )
}
