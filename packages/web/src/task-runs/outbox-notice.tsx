import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { plural } from '../ui/numbers.ts'
import { useOnline } from '../ui/use-online.ts'
import { useOutbox, useOutboxState } from './outbox-context.tsx'
import styles from './outbox-notice.module.css'

/** A banner for what stays true: no network, or answers that still have to be sent. */
export function OutboxNotice() {
  const online = useOnline()
  const outbox = useOutbox()
  const { phase, waiting } = useOutboxState()
  const stuck = phase === 'failing' || phase === 'offline'
  const kept = waiting > 0 ? ` Your ${plural(waiting, 'answer')} are kept and will be sent.` : ''
  return (
    <div role="status">
      {(!online || (stuck && waiting > 0)) && (
        <div className={styles.notice}>
          <Icon name={online ? 'warning' : 'cloud'} />
          <p>
            {online ? 'Manyhands does not answer.' : 'You are offline.'}
            {waiting === 1 ? ' Your answer is kept and will be sent.' : kept}
          </p>
          {online && (
            <Button kind="quiet" onClick={() => void outbox.sendNow()}>
              Try now
            </Button>
          )}
        </div>
      )}
    </div>
  )
}
