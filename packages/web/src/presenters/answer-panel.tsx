import type { Presenter } from '@manyhands/shared/presenters/contract'
import { AnswerChoice, type GiveAnswer } from './answer-choice.tsx'
import { AnswerText } from './answer-text.tsx'

interface AnswerPanelProps {
  presenter: Presenter
  onAnswer: GiveAnswer
  keys?: boolean
  focus?: boolean
}

export function AnswerPanel({ presenter, onAnswer, keys = true, focus = false }: AnswerPanelProps) {
  const { answer, question } = presenter
  return answer.kind === 'choice' ? (
    <AnswerChoice options={answer.options} onAnswer={onAnswer} keys={keys} />
  ) : (
    <AnswerText answer={answer} question={question} onAnswer={onAnswer} focus={focus} />
  )
}
