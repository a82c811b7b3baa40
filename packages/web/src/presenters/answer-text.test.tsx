// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { AnswerText } from './answer-text.tsx'

describe('an answer to type', () => {
  afterEach(cleanup)

  it('is sent with Enter, without the spaces around it, and makes room for the next', async () => {
    const onAnswer = vi.fn()
    render(<AnswerText answer={{ kind: 'text' }} question="Which digit?" onAnswer={onAnswer} />)
    const field = screen.getByLabelText('Which digit?')
    await userEvent.type(field, ' 7 {Enter}')
    expect(onAnswer).toHaveBeenCalledExactlyOnceWith('7', 'up')
    expect(field).toHaveProperty('value', '')
    expect(document.activeElement).toBe(field)
  })

  it('asks for an answer instead of sending nothing', async () => {
    const onAnswer = vi.fn()
    render(<AnswerText answer={{ kind: 'text' }} question="Which digit?" onAnswer={onAnswer} />)
    await userEvent.type(screen.getByLabelText('Which digit?'), '  {Enter}')
    expect(onAnswer).not.toHaveBeenCalled()
    expect(screen.getByRole('alert').textContent).toContain('Type your answer first')
  })

  it('keeps Enter for new lines where several are wanted', async () => {
    const onAnswer = vi.fn()
    const answer = { kind: 'text', multiline: true } as const
    render(<AnswerText answer={answer} question="What does it say?" onAnswer={onAnswer} />)
    const field = screen.getByLabelText('What does it say?')
    await userEvent.type(field, 'one{Enter}two')
    expect(onAnswer).not.toHaveBeenCalled()
    await userEvent.type(field, '{Control>}{Enter}{/Control}')
    expect(onAnswer).toHaveBeenCalledExactlyOnceWith('one\ntwo', 'up')
  })

  it('opens the number keys on phones', () => {
    const answer = { kind: 'text', numeric: true } as const
    render(<AnswerText answer={answer} question="Which digit?" onAnswer={() => {}} />)
    expect(screen.getByLabelText('Which digit?').getAttribute('inputmode')).toBe('numeric')
  })
})
