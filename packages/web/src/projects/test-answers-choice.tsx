import type { PublishRequest } from '@manyhands/shared/publishing/contract'
import { plural } from '../ui/numbers.ts'
import styles from './test-answers-choice.module.css'

export type TestAnswers = PublishRequest['test_answers']

const CHOICES: Array<{ value: TestAnswers; label: string; explanation: string }> = [
  { value: 'keep', label: 'Keep them', explanation: 'They count like all that come later.' },
  {
    value: 'archive',
    label: 'Put them aside',
    explanation: 'Every task begins anew; you can still download them.',
  },
]

interface TestAnswersChoiceProps {
  /** Answers that there are. */
  count: number
  value: TestAnswers
  onChange: (value: TestAnswers) => void
}

/** What becomes of the answers that the project was tried out with. */
export function TestAnswersChoice({ count, value, onChange }: TestAnswersChoiceProps) {
  return (
    <fieldset className={styles.choice}>
      <legend className={styles.question}>
        What about the {plural(count, 'answer')} you have so far?
      </legend>
      {CHOICES.map((choice) => (
        <label key={choice.value} className={styles.option}>
          <input
            type="radio"
            name="test-answers"
            value={choice.value}
            checked={value === choice.value}
            onChange={() => onChange(choice.value)}
          />
          <span>
            <span className={styles.label}>{choice.label}</span>
            <span className={styles.explanation}>{choice.explanation}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
