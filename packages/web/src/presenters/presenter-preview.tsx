import type { Presenter } from '@manyhands/shared/presenters/contract'
import type { Task } from '@manyhands/shared/tasks/contract'
import { AnswerPanel } from './answer-panel.tsx'
import styles from './presenter-preview.module.css'
import { Caption, Stimulus } from './stimulus.tsx'

interface PresenterPreviewProps {
  presenter: Presenter
  task: Task
  /** What an answer would store; without it the answers are only looked at. */
  onAnswer?: (answer: string) => void
}

/** A presenter as volunteers see it, on one task; nothing is saved. */
export function PresenterPreview({ presenter, task, onAnswer }: PresenterPreviewProps) {
  return (
    <figure className={styles.preview}>
      <div className={styles.stage}>
        <Stimulus presenter={presenter} task={task} />
      </div>
      <figcaption className={styles.ask}>
        <Caption presenter={presenter} task={task} />
        <p className={styles.question}>{presenter.question}</p>
        <div inert={!onAnswer} className={onAnswer ? undefined : styles.still}>
          <AnswerPanel
            presenter={presenter}
            onAnswer={(answer) => onAnswer?.(answer)}
            keys={false}
          />
        </div>
      </figcaption>
    </figure>
  )
}
