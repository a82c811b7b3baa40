import type { Presenter } from '@manyhands/shared/presenters/contract'
import { useEffect } from 'react'
import { classNames } from '../ui/class-names.ts'
import { isKeyTaken } from '../ui/is-key-taken.ts'
import styles from './answer-choice.module.css'

export type GiveAnswer = (answer: string, direction: 'left' | 'right' | 'up') => void

interface AnswerChoiceProps {
  options: Extract<Presenter['answer'], { kind: 'choice' }>['options']
  onAnswer: GiveAnswer
  /** Keys 1 to 9 answer too. Off where several presenters share a page. */
  keys?: boolean
}

export function AnswerChoice({ options, onAnswer, keys = true }: AnswerChoiceProps) {
  const give = (index: number) => {
    const option = options[index]
    if (option) onAnswer(option.value, directionOf(index, options.length))
  }
  useEffect(() => {
    if (!keys) return
    const onKey = (event: KeyboardEvent) => {
      // A key held down must not answer one task after the other.
      if (event.repeat || isKeyTaken(event) || !/^[1-9]$/.test(event.key)) return
      event.preventDefault()
      give(Number(event.key) - 1)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  })
  const short = options.length <= 4 && options.every(({ label }) => label.length <= 14)
  return (
    <ul className={classNames(styles.options, short && styles.short)}>
      {options.map(({ value, label }, index) => (
        <li key={value}>
          <button type="button" className={styles.option} onClick={() => give(index)}>
            <span className={styles.label}>{label}</span>
            {keys && index < 9 && (
              <span className={styles.key} aria-hidden="true">
                {index + 1}
              </span>
            )}
          </button>
        </li>
      ))}
    </ul>
  )
}

/** The answered task leaves towards the button that was pressed. */
function directionOf(index: number, count: number): 'left' | 'right' | 'up' {
  if (count % 2 === 1 && index === (count - 1) / 2) return 'up'
  return index < count / 2 ? 'left' : 'right'
}
