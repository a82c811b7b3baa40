import { NativeSelect, SegmentedControl, Switch, Textarea, TextInput } from '@mantine/core'
import { OptionsEditor } from './options-editor.tsx'
import type { DraftErrors, PresenterDraft } from './presenter-draft.ts'
import styles from './presenter-form.module.css'
import { TypedAnswerFields } from './typed-answer-fields.tsx'

interface PresenterFormProps {
  draft: PresenterDraft
  errors: DraftErrors
  /** The columns of the project's tasks; empty while it has none. */
  fields: string[]
  onChange(draft: PresenterDraft): void
}

/** A presenter without code: what is shown, what is asked, what can be answered. */
export function PresenterForm({ draft, errors, fields, onChange }: PresenterFormProps) {
  const change = (part: Partial<PresenterDraft>) => onChange({ ...draft, ...part })
  return (
    <div className={styles.form}>
      <Choice
        label="Volunteers look at"
        value={draft.stimulus}
        data={[
          { value: 'image', label: 'a picture' },
          { value: 'text', label: 'a text' },
        ]}
        onChange={(stimulus) => change({ stimulus })}
      />
      <FieldInput
        label={
          draft.stimulus === 'image'
            ? 'Column with the address of the picture'
            : 'Column with the text'
        }
        value={draft.field}
        fields={fields}
        error={errors.field}
        onChange={(field) => change({ field })}
      />
      <Textarea
        label="Question"
        description="Short and concrete: one thing to decide."
        maxLength={300}
        value={draft.question}
        error={errors.question}
        onChange={({ currentTarget }) => change({ question: currentTarget.value })}
      />
      <Choice
        label="They answer by"
        value={draft.answer}
        data={[
          { value: 'choice', label: 'choosing' },
          { value: 'text', label: 'typing' },
        ]}
        onChange={(answer) => change({ answer })}
      />
      {draft.answer === 'choice' ? (
        <OptionsEditor
          options={draft.options}
          error={errors.options}
          onChange={(options) => change({ options })}
        />
      ) : (
        <TypedAnswerFields draft={draft} onChange={change} />
      )}
      <Textarea
        label="Help"
        description="Shown on demand: how to decide in doubtful cases."
        maxLength={2000}
        value={draft.help}
        error={errors.help}
        onChange={({ currentTarget }) => change({ help: currentTarget.value })}
      />
      <FieldInput
        label="Column for a small line under it"
        description="A title or a source, if your tasks have one."
        value={draft.captionField}
        fields={fields}
        optional
        onChange={(captionField) => change({ captionField })}
      />
      {draft.stimulus === 'image' && (
        <>
          <FieldInput
            label="Column that describes the picture in words"
            description="Read aloud to people who cannot see it."
            value={draft.altField}
            fields={fields}
            optional
            onChange={(altField) => change({ altField })}
          />
          <Switch
            label="Enlarge without smoothing, for tiny pictures"
            checked={draft.pixelated}
            onChange={({ currentTarget }) => change({ pixelated: currentTarget.checked })}
          />
        </>
      )}
    </div>
  )
}

interface ChoiceProps<V extends string> {
  label: string
  value: V
  data: { value: V; label: string }[]
  onChange(value: V): void
}

function Choice<V extends string>({ label, ...control }: ChoiceProps<V>) {
  return (
    <fieldset className={styles.choice}>
      <legend>{label}</legend>
      <SegmentedControl fullWidth {...control} />
    </fieldset>
  )
}

interface FieldInputProps {
  label: string
  description?: string
  value: string
  fields: string[]
  error?: string | undefined
  optional?: boolean
  onChange(field: string): void
}

/** Columns are chosen where there are tasks to take them from, else written. */
function FieldInput({ fields, optional = false, value, onChange, ...rest }: FieldInputProps) {
  const shared = {
    ...rest,
    value,
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      onChange(currentTarget.value),
  }
  if (fields.length === 0) return <TextInput spellCheck={false} {...shared} />
  const known = value === '' || fields.includes(value) ? fields : [value, ...fields]
  return (
    <NativeSelect data={optional ? [{ value: '', label: 'none' }, ...known] : known} {...shared} />
  )
}
