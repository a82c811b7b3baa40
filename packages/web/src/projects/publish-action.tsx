import type { ProjectPage } from '@manyhands/shared/projects/contract'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FormAlert } from '../ui/form-alert.tsx'
import { readServerErrors } from '../ui/form-errors.ts'
import { plural } from '../ui/numbers.ts'
import { toast } from '../ui/toasts.tsx'
import styles from './publish-action.module.css'
import { usePublishProject } from './queries.ts'
import { type TestAnswers, TestAnswersChoice } from './test-answers-choice.tsx'

const MISSING = { tasks: 'tasks', presenter: 'a presenter' } as const

/** The last step, with a last look at what becomes public. */
export function PublishAction({ project }: { project: ProjectPage }) {
  const [asking, setAsking] = useState(false)
  const [testAnswers, setTestAnswers] = useState<TestAnswers>('keep')
  const publish = usePublishProject(project.short_name)
  const ready = project.may.publish && project.missing.length === 0
  const confirm = () =>
    publish.mutate(testAnswers, {
      onSuccess: () => {
        setAsking(false)
        toast(`${project.name} is published`)
      },
    })
  return (
    <div className={styles.publish}>
      <Button kind="main" size="large" wide disabled={!ready} onClick={() => setAsking(true)}>
        Publish
      </Button>
      {!ready && (
        <p className={styles.why}>
          It still needs {project.missing.map((part) => MISSING[part]).join(' and ')}.
        </p>
      )}
      <Dialog open={asking} title={`Publish ${project.name}?`} onClose={() => setAsking(false)}>
        <p className={styles.text}>
          Everybody can see it and answer its {plural(project.progress.n_tasks, 'task')} from then
          on.
        </p>
        {project.progress.n_task_runs > 0 && (
          <TestAnswersChoice
            count={project.progress.n_task_runs}
            value={testAnswers}
            onChange={setTestAnswers}
          />
        )}
        <FormAlert>{readServerErrors(publish.error).general}</FormAlert>
        <div className={styles.actions}>
          <Button onClick={() => setAsking(false)}>Not yet</Button>
          <Button kind="main" busy={publish.isPending} onClick={confirm}>
            Publish now
          </Button>
        </div>
      </Dialog>
    </div>
  )
}
