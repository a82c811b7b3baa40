// @vitest-environment jsdom
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { TestAnswersChoice } from './test-answers-choice.tsx'

it('asks what becomes of the answers so far, and says what was chosen', async () => {
  const onChange = vi.fn()
  render(<TestAnswersChoice count={3} value="keep" onChange={onChange} />)
  const group = screen.getByRole('group', { name: 'What about the 3 answers you have so far?' })
  expect(group).toBeTruthy()
  const keep = screen.getByRole('radio', { name: /Keep them/ }) as HTMLInputElement
  expect(keep.checked).toBe(true)
  await userEvent.click(screen.getByRole('radio', { name: /Put them aside/ }))
  expect(onChange).toHaveBeenCalledWith('archive')
})
