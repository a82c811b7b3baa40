import type { Presenter } from '@manyhands/shared/presenters/contract'
import type { ProjectPage } from '@manyhands/shared/projects/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { taskQueries } from '../tasks/queries.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { formatCount, formatShort } from '../ui/numbers.ts'
import { ProgressRing } from '../ui/progress-ring.tsx'
import styles from './contribute-tools.module.css'
import { SavedState } from './saved-state.tsx'

interface ContributeToolsProps {
  project: ProjectPage
  presenter: Presenter
  answered: number
}

/** What the volunteer may want to know without leaving: saved or not, how far, what to do. */
export function ContributeTools({ project, presenter, answered }: ContributeToolsProps) {
  const { data: progress } = useQuery(taskQueries.progress(project.short_name))
  const [helping, setHelping] = useState(false)
  return (
    <>
      <SavedState answered={answered} />
      {progress && (
        <ProgressRing
          size={38}
          thickness={3.5}
          share={progress.total > 0 ? progress.done / progress.total : 0}
          label={`You have answered ${formatCount(progress.done)} of ${formatCount(progress.total)} tasks`}
        >
          <span className={styles.count}>{formatShort(progress.done)}</span>
        </ProgressRing>
      )}
      <IconButton icon="help" label="Help" onClick={() => setHelping(true)} />
      <Dialog open={helping} title="What to do" onClose={() => setHelping(false)}>
        <p className={styles.question}>{presenter.question}</p>
        {presenter.help && <p className={styles.text}>{presenter.help}</p>}
        <dl className={styles.keys}>
          {presenter.answer.kind === 'choice' && <Key keys="1 – 9" does="give an answer" />}
          {presenter.answer.kind === 'text' && (
            <Key
              keys={presenter.answer.multiline ? 'Ctrl Enter' : 'Enter'}
              does="send your answer"
            />
          )}
          <Key keys="S" does="skip this one" />
          {presenter.stimulus.kind === 'image' && <Key keys="+ − 0" does="zoom in, out, fit" />}
        </dl>
        <p className={styles.text}>
          Every answer is kept on this device until the server has it, so a lost connection costs
          nothing.
        </p>
        <div className={styles.back}>
          <Button kind="main" wide onClick={() => setHelping(false)}>
            Back to the task
          </Button>
        </div>
      </Dialog>
    </>
  )
}

function Key({ keys, does }: { keys: string; does: string }) {
  return (
    <div>
      <dt>
        <kbd>{keys}</kbd>
      </dt>
      <dd>{does}</dd>
    </div>
  )
}
