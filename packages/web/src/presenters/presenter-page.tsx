import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useManagedProject } from '../projects/managed-project.tsx'
import { useChangeProject } from '../projects/queries.ts'
import { taskQueries } from '../tasks/queries.ts'
import { listInfoFields } from '../tasks/task-info.ts'
import { Button } from '../ui/button.tsx'
import { FormAlert } from '../ui/form-alert.tsx'
import { readServerErrors } from '../ui/form-errors.ts'
import { toast } from '../ui/toasts.tsx'
import { checkDraft, type DraftErrors, newDraft, toDraft, toPresenter } from './presenter-draft.ts'
import { PresenterForm } from './presenter-form.tsx'
import styles from './presenter-page.module.css'
import { PresenterPreview } from './presenter-preview.tsx'
import { sampleTask } from './sample-task.ts'

/** Settings, Presenter: the form on one side, what volunteers will see on the other. */
export function PresenterPage() {
  const project = useManagedProject()
  const example = useQuery(taskQueries.example(project.id))
  const change = useChangeProject(project.id)
  const [draft, setDraft] = useState(() =>
    project.presenter ? toDraft(project.presenter) : newDraft(),
  )
  const [errors, setErrors] = useState<DraftErrors>({})
  const [stored, setStored] = useState<string>()
  const presenter = toPresenter(draft)
  const save = () => {
    const found = checkDraft(draft)
    setErrors(found)
    if (Object.keys(found).length > 0) return
    change.mutate({ info: { presenter } }, { onSuccess: () => toast('Presenter saved') })
  }
  const task = example.data
  return (
    <div className={styles.columns}>
      <section aria-label="Presenter">
        <PresenterForm
          draft={draft}
          errors={errors}
          fields={listInfoFields(task)}
          onChange={(next) => {
            setDraft(next)
            if (Object.keys(errors).length > 0) setErrors(checkDraft(next))
          }}
        />
        <div className={styles.save}>
          <FormAlert>
            {errors.other ??
              (Object.keys(errors).length > 0
                ? 'Something above is still missing.'
                : readServerErrors(change.error).general)}
          </FormAlert>
          <Button kind="main" size="large" busy={change.isPending} onClick={save}>
            Save the presenter
          </Button>
        </div>
      </section>
      <section className={styles.preview} aria-label="Preview">
        <h2>As volunteers see it</h2>
        <PresenterPreview
          presenter={presenter.question ? presenter : { ...presenter, question: 'Your question' }}
          task={task ?? sampleTask(presenter)}
          onAnswer={(answer) => setStored(JSON.stringify({ answer }))}
        />
        <p className={styles.note} role="status">
          {stored ? (
            <>
              This would be stored: <code>{stored}</code>
            </>
          ) : task ? (
            'On a real task of yours. Try an answer: nothing is saved here.'
          ) : (
            'On an example, until you import tasks. Try an answer: nothing is saved here.'
          )}
        </p>
      </section>
    </div>
  )
}
