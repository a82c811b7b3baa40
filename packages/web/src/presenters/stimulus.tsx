import type { Presenter } from '@manyhands/shared/presenters/contract'
import type { Task } from '@manyhands/shared/tasks/contract'
import { readInfo } from '../tasks/task-info.ts'
import { Picture } from '../ui/picture.tsx'
import { ZoomPicture } from '../ui/zoom-picture.tsx'
import styles from './stimulus.module.css'

interface StimulusProps {
  presenter: Presenter
  task: Task
  zoomable?: boolean
}

/** What the volunteer looks at. Fills the frame it is put into. */
export function Stimulus({ presenter, task, zoomable = false }: StimulusProps) {
  const { stimulus } = presenter
  const shown = readInfo(task, stimulus.field)
  if (!shown) {
    return <p className={styles.missing}>This task has no “{stimulus.field}” to show.</p>
  }
  if (stimulus.kind === 'text') {
    return (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a long text scrolls, with the keyboard too.
      <section className={styles.page} aria-label="Text" tabIndex={0}>
        <blockquote className={shown.length > 420 ? styles.longText : styles.text}>
          {shown}
        </blockquote>
      </section>
    )
  }
  const picture = {
    src: shown,
    alt: readInfo(task, stimulus.alt_field) || 'The picture that the question is about',
    pixelated: stimulus.pixelated,
    className: stimulus.pixelated ? styles.tiny : undefined,
  }
  return zoomable ? (
    <ZoomPicture key={task.id} {...picture} />
  ) : (
    <Picture key={task.id} {...picture} />
  )
}

/** The small line under the stimulus: a title, a source. */
export function Caption({ presenter, task }: Omit<StimulusProps, 'zoomable'>) {
  const caption = readInfo(task, presenter.caption_field)
  return caption ? <p className={styles.caption}>{caption}</p> : null
}
