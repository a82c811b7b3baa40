import type { ReactNode } from 'react'
import { classNames } from '../ui/class-names.ts'
import { type PresenterDraft, TASK_KINDS, type TaskKind } from './presenter-draft.ts'
import styles from './task-kind-choice.module.css'

const WORDS: Record<TaskKind, { title: string; example: string; drawing: ReactNode }> = {
  'image-choice': {
    title: 'Choose for a picture',
    example: 'Is there a bird?',
    drawing: (
      <>
        <rect x="4" y="4" width="56" height="24" rx="4" className={styles.soft} />
        <path d="M10 24 22 12l8 8 7-6 14 10" className={styles.stroke} />
        <rect x="4" y="32" width="26" height="10" rx="4" className={styles.lit} />
        <rect x="34" y="32" width="26" height="10" rx="4" className={styles.soft} />
      </>
    ),
  },
  'image-text': {
    title: 'Type what a picture says',
    example: 'What is written here?',
    drawing: (
      <>
        <rect x="4" y="4" width="56" height="24" rx="4" className={styles.soft} />
        <path d="M12 18c4-8 8 8 12 0s8 8 12 0 8 8 14-2" className={styles.stroke} />
        <rect x="4" y="32" width="56" height="10" rx="4" className={styles.soft} />
        <path d="M10 34.5v5" className={styles.caret} />
      </>
    ),
  },
  'text-choice': {
    title: 'Choose for a text',
    example: 'Does it sound hopeful?',
    drawing: (
      <>
        <path d="M8 8h48M8 16h48M8 24h30" className={styles.stroke} />
        <rect x="4" y="32" width="26" height="10" rx="4" className={styles.soft} />
        <rect x="34" y="32" width="26" height="10" rx="4" className={styles.lit} />
      </>
    ),
  },
}
const KINDS = Object.entries(TASK_KINDS).map(([kind, parts]) => ({ kind: kind as TaskKind, parts }))

interface TaskKindChoiceProps {
  draft: PresenterDraft
  onChange(draft: PresenterDraft): void
}

/** The kinds of task that need no code, as three cards. */
export function TaskKindChoice({ draft, onChange }: TaskKindChoiceProps) {
  return (
    <fieldset className={styles.choice}>
      <legend className="visually-hidden">Kind of task</legend>
      {KINDS.map(({ kind, parts }) => {
        const chosen = parts.stimulus === draft.stimulus && parts.answer === draft.answer
        return (
          <label key={kind} className={classNames(styles.card, chosen && styles.chosen)}>
            <input
              type="radio"
              name="task-kind"
              className="visually-hidden"
              checked={chosen}
              onChange={() => onChange({ ...draft, ...parts })}
            />
            <svg viewBox="0 0 64 46" className={styles.drawing} aria-hidden="true">
              {WORDS[kind].drawing}
            </svg>
            <b>{WORDS[kind].title}</b>
            <span className={styles.example}>{WORDS[kind].example}</span>
          </label>
        )
      })}
    </fieldset>
  )
}
