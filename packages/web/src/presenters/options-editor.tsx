import { useRef } from 'react'
import { Button, IconButton } from '../ui/button.tsx'
import styles from './options-editor.module.css'
import { newOption, type OptionDraft } from './presenter-draft.ts'

const MOST = 20

interface OptionsEditorProps {
  options: OptionDraft[]
  error: string | undefined
  onChange(options: OptionDraft[]): void
}

/** The answers to choose from, in the order of their keys. Enter adds the next one. */
export function OptionsEditor({ options, error, onChange }: OptionsEditorProps) {
  const list = useRef<HTMLOListElement>(null)
  const add = () => {
    if (options.length >= MOST) return
    onChange([...options, newOption()])
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLInputElement>('li:last-child input')?.focus(),
    )
  }
  return (
    <fieldset className={styles.editor}>
      <legend>Answers to choose from</legend>
      <ol ref={list} className={styles.list}>
        {options.map(({ id, label }, index) => (
          <li key={id} className={styles.row}>
            <span className={styles.key} aria-hidden="true">
              {index < 9 ? index + 1 : ''}
            </span>
            <input
              className={styles.field}
              value={label}
              maxLength={80}
              aria-label={`Answer ${index + 1}`}
              onChange={({ currentTarget }) =>
                onChange(
                  options.map((option) =>
                    option.id === id ? { ...option, label: currentTarget.value } : option,
                  ),
                )
              }
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return
                event.preventDefault()
                add()
              }}
            />
            <IconButton
              icon="close"
              label={`Remove answer ${index + 1}`}
              disabled={options.length <= 2}
              onClick={() => onChange(options.filter((option) => option.id !== id))}
            />
          </li>
        ))}
      </ol>
      {error && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
      <Button kind="quiet" icon="plus" disabled={options.length >= MOST} onClick={add}>
        Add an answer
      </Button>
    </fieldset>
  )
}
