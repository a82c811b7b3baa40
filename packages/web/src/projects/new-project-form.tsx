import { Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { ProjectInput } from '@manyhands/shared/projects/contract'
import { useRef, useState } from 'react'
import { OptionsEditor } from '../presenters/options-editor.tsx'
import {
  checkDraft,
  type DraftErrors,
  newDraft,
  type PresenterDraft,
  toPresenter,
} from '../presenters/presenter-draft.ts'
import { PresenterPreview } from '../presenters/presenter-preview.tsx'
import { sampleTask } from '../presenters/sample-task.ts'
import { TaskKindChoice } from '../presenters/task-kind-choice.tsx'
import { Button } from '../ui/button.tsx'
import { FormAlert } from '../ui/form-alert.tsx'
import { readServerErrors, validateWith } from '../ui/form-errors.ts'
import styles from './new-project-form.module.css'
import { ProjectFields, type ProjectFieldValues } from './project-fields.tsx'
import { useCreateProject } from './queries.ts'

export function NewProjectForm({ onCreated }: { onCreated(shortName: string): void }) {
  const create = useCreateProject()
  const [draft, setDraft] = useState<PresenterDraft>(() => newDraft())
  const [draftErrors, setDraftErrors] = useState<DraftErrors>({})
  const element = useRef<HTMLFormElement>(null)
  const form = useForm<ProjectFieldValues>({
    initialValues: { name: '', short_name: '', description: '', category_id: '' },
    validate: ({ category_id: _, ...values }) => validateWith(ProjectInput)(values),
  })
  const presenter = toPresenter(draft)
  const showFirstError = () =>
    requestAnimationFrame(() =>
      element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
    )
  const submit = form.onSubmit(({ category_id, ...values }) => {
    const found = checkDraft(draft)
    setDraftErrors(found)
    if (Object.keys(found).length > 0) {
      showFirstError()
      return
    }
    const category = category_id ? { category_id: Number(category_id) } : {}
    create.mutate(
      { ...values, ...category, info: { presenter } },
      {
        onSuccess: ({ short_name }) => onCreated(short_name),
        onError: (error) => {
          form.setErrors(readServerErrors(error).fields)
          showFirstError()
        },
      },
    )
  }, showFirstError)
  const change = (next: PresenterDraft) => {
    setDraft(next)
    if (Object.keys(draftErrors).length > 0) setDraftErrors(checkDraft(next))
  }
  return (
    <form ref={element} className={styles.columns} onSubmit={submit} noValidate>
      <div className={styles.fields}>
        <ProjectFields form={form} />
        <h2 className={styles.section}>What will volunteers do?</h2>
        <TaskKindChoice draft={draft} onChange={change} />
        <Textarea
          label="Question"
          placeholder="Is there a bird in this picture?"
          maxLength={300}
          value={draft.question}
          error={draftErrors.question}
          onChange={({ currentTarget }) => change({ ...draft, question: currentTarget.value })}
        />
        {draft.answer === 'choice' && (
          <OptionsEditor
            options={draft.options}
            error={draftErrors.options}
            onChange={(options) => change({ ...draft, options })}
          />
        )}
        <FormAlert>{readServerErrors(create.error).general}</FormAlert>
        <Button kind="main" size="large" type="submit" busy={create.isPending}>
          Create the draft
        </Button>
      </div>
      <aside className={styles.preview} aria-label="Preview">
        <p className={styles.previewTitle}>As volunteers will see it</p>
        <PresenterPreview
          presenter={presenter.question ? presenter : { ...presenter, question: 'Your question' }}
          task={sampleTask(presenter)}
        />
        <p className={styles.note}>
          Next you upload your {draft.stimulus === 'image' ? 'pictures' : 'texts'} as a CSV file
          with a column <code>{draft.field}</code>.
        </p>
      </aside>
    </form>
  )
}
