// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { AnswerChoice } from './answer-choice.tsx'

const options = ['Yes', 'No', 'Not sure'].map((label) => ({ value: label.toLowerCase(), label }))

describe('answers to choose from', () => {
  afterEach(cleanup)

  it('takes a press on a button', async () => {
    const onAnswer = vi.fn()
    render(<AnswerChoice options={options} onAnswer={onAnswer} />)
    await userEvent.click(screen.getByRole('button', { name: /No$/ }))
    expect(onAnswer).toHaveBeenCalledExactlyOnceWith('no', 'up')
  })

  it('takes the keys 1 to 9, for as many answers as there are', async () => {
    const onAnswer = vi.fn()
    render(<AnswerChoice options={options} onAnswer={onAnswer} />)
    await userEvent.keyboard('1')
    await userEvent.keyboard('3')
    await userEvent.keyboard('4')
    expect(onAnswer.mock.calls).toEqual([
      ['yes', 'left'],
      ['not sure', 'right'],
    ])
  })

  it('does not answer one task after the other while a key is held down', () => {
    const onAnswer = vi.fn()
    render(<AnswerChoice options={options} onAnswer={onAnswer} />)
    fireEvent.keyDown(window, { key: '1', repeat: true })
    expect(onAnswer).not.toHaveBeenCalled()
  })

  it('leaves keys alone that are typed into a field or belong to the browser', async () => {
    const onAnswer = vi.fn()
    render(
      <>
        <input aria-label="Search" />
        <AnswerChoice options={options} onAnswer={onAnswer} />
      </>,
    )
    await userEvent.type(screen.getByLabelText('Search'), '12')
    fireEvent.keyDown(window, { key: '1', ctrlKey: true })
    expect(onAnswer).not.toHaveBeenCalled()
  })

  it('takes no keys where several presenters share a page', async () => {
    const onAnswer = vi.fn()
    render(<AnswerChoice options={options} onAnswer={onAnswer} keys={false} />)
    await userEvent.keyboard('1')
    expect(onAnswer).not.toHaveBeenCalled()
  })
})
