import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { plural } from '../ui/numbers.ts'
import { useOutbox, useOutboxState } from './outbox-context.tsx'
import styles from './refused-answers.module.css'

/** Answers that the server will never take, with its reason: told plainly, not swallowed. */
export function RefusedAnswers() {
  const outbox = useOutbox()
  const { refused, held } = useOutboxState()
  const [first] = refused
  if (!first && held === 0) return null
  return (
    <div role="alert" className={styles.refused}>
      <Icon name="warning" />
      {first ? (
        <>
          <p>
            <b>
              {refused.length > 1 ? `${plural(refused.length, 'answer')} were` : 'One answer was'}{' '}
              not taken.
            </b>{' '}
            {first.refusal}
          </p>
          <Button
            kind="quiet"
            onClick={() => refused.forEach(({ key }) => void outbox.dismiss(key))}
          >
            Understood
          </Button>
        </>
      ) : (
        <p>{plural(held, 'answer')} of another account wait until it signs in here again.</p>
      )}
    </div>
  )
}
