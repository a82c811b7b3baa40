import type { Presenter } from '@manyhands/shared/presenters/contract'
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { Button } from '../ui/button.tsx'
import type { GiveAnswer } from './answer-choice.tsx'
import styles from './answer-text.module.css'

interface AnswerTextProps {
  answer: Extract<Presenter['answer'], { kind: 'text' }>
  question: string
  onAnswer: GiveAnswer
  /** Takes the focus at once. Not on phones, where the keyboard would hide the task. */
  focus?: boolean
}

/** Stays in the page from task to task, so that the keyboard of a phone stays open. */
export function AnswerText({ answer, question, onAnswer, focus = false }: AnswerTextProps) {
  const [text, setText] = useState('')
  const [missing, setMissing] = useState(false)
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null)
  const errorId = useId()

  useEffect(() => {
    if (focus && matchMedia('(pointer: fine)').matches) field.current?.focus()
  }, [focus])

  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    field.current?.focus()
    const given = text.trim()
    setMissing(given === '')
    if (given === '') return
    setText('')
    onAnswer(given, 'up')
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit()
  }
  const shared = {
    ref: field,
    value: text,
    'aria-label': question,
    'aria-invalid': missing,
    'aria-describedby': missing ? errorId : undefined,
    placeholder: answer.placeholder,
    maxLength: answer.max_length,
    autoComplete: 'off',
    autoCapitalize: 'off',
    spellCheck: false,
    className: styles.field,
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) => {
      setText(currentTarget.value)
      setMissing(false)
    },
  }
  return (
    <form className={answer.multiline ? styles.tall : styles.line} onSubmit={submit}>
      {answer.multiline ? (
        <textarea rows={4} {...shared} onKeyDown={onKeyDown} />
      ) : (
        <input
          type="text"
          inputMode={answer.numeric ? 'numeric' : undefined}
          enterKeyHint="send"
          {...shared}
        />
      )}
      <Button kind="main" size="large" type="submit">
        Send
        <span className={styles.hint} aria-hidden="true">
          {answer.multiline ? 'Ctrl ↵' : '↵'}
        </span>
      </Button>
      {missing && (
        <p id={errorId} className={styles.error} role="alert">
          Type your answer first, or skip this one.
        </p>
      )}
    </form>
  )
}
