import { useEffect, useState } from 'react'
import { classNames } from '../ui/class-names.ts'
import { formatCount, plural } from '../ui/numbers.ts'
import { useOnline } from '../ui/use-online.ts'
import type { OutboxState } from './answer-outbox.ts'
import { useOutbox, useOutboxState } from './outbox-context.tsx'
import styles from './saved-state.module.css'

/** Shorter than this, the word "Saving" would only flicker. */
const PATIENCE_MS = 400

/** What became of the answers of this visit: a dot with a word. The number beside "Saved" counts
 *  what the server has acknowledged, so it is true at every moment. */
export function SavedState({ answered }: { answered: number }) {
  const outbox = useOutbox()
  const { phase, waiting, stored } = useOutboxState()
  const [before] = useState(stored)
  const online = useOnline()
  const saved = stored - before
  // With a network and no answer it is the server that is away: that can be tried again by hand.
  const told = phase === 'offline' && online ? 'failing' : phase
  const shown = useShownPhase(!online && waiting > 0 ? 'offline' : told, saved)
  if (answered === 0 && waiting === 0) return null
  return (
    <span className={classNames(styles.state, styles[shown])} role="status">
      <span className={styles.dot} aria-hidden="true" />
      {shown === 'idle' && (
        <span className="tabular">
          Saved<span className={styles.count}> · {formatCount(saved)}</span>
        </span>
      )}
      {shown === 'saving' && 'Saving'}
      {shown === 'offline' && (
        <span title={`You are offline. ${plural(waiting, 'answer')} kept, to be sent later.`}>
          Offline, {waiting} kept
        </span>
      )}
      {shown === 'failing' && (
        <button type="button" className={styles.retry} onClick={() => void outbox.sendNow()}>
          Could not save, try again
        </button>
      )}
    </span>
  )
}

function useShownPhase(phase: OutboxState['phase'], saved: number): OutboxState['phase'] {
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    setSlow(false)
    if (phase !== 'saving') return
    const timer = setTimeout(() => setSlow(true), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [phase])
  return phase === 'saving' && !slow && saved > 0 ? 'idle' : phase
}
