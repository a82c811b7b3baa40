import { Switch, TextInput } from '@mantine/core'
import type { PresenterDraft } from './presenter-draft.ts'
import styles from './presenter-form.module.css'

interface TypedAnswerFieldsProps {
  draft: PresenterDraft
  onChange(part: Partial<PresenterDraft>): void
}

export function TypedAnswerFields({ draft, onChange }: TypedAnswerFieldsProps) {
  return (
    <div className={styles.typed}>
      <TextInput
        label="Hint in the empty field"
        placeholder="for example: as written, capitals too"
        value={draft.placeholder}
        onChange={({ currentTarget }) => onChange({ placeholder: currentTarget.value })}
      />
      <TextInput
        label="Longest answer, in letters"
        inputMode="numeric"
        placeholder="no limit"
        value={draft.maxLength ?? ''}
        onChange={({ currentTarget }) => {
          const length = Number.parseInt(currentTarget.value, 10)
          onChange({ maxLength: length > 0 ? Math.min(length, 10_000) : undefined })
        }}
      />
      <Switch
        label="Numbers: open the number keys on phones"
        checked={draft.numeric}
        onChange={({ currentTarget }) => onChange({ numeric: currentTarget.checked })}
      />
      <Switch
        label="Several lines"
        checked={draft.multiline}
        onChange={({ currentTarget }) => onChange({ multiline: currentTarget.checked })}
      />
    </div>
  )
}
