import type { Task } from '@manyhands/shared/tasks/contract'
import { expect, it } from 'vitest'
import { AnswerBook } from './answer-book.ts'

const book = new AnswerBook('image', new Map([['/1.png', 'owl']]), ['owl', 'fox', 'hare'])
const task = (info: unknown) => ({ info }) as Task

it('gives the right answer but for the share of errors', () => {
  expect(book.choose(task({ image: '/1.png' }), 0.1, () => 0.5)).toEqual({
    answer: 'owl',
    isWrong: false,
  })
  expect(book.choose(task({ image: '/1.png' }), 0.1, () => 0.05)).toEqual({
    answer: 'fox',
    isWrong: true,
  })
})

it('is never wrong by chance with the right answer', () => {
  for (let random = 0; random < 1; random += 0.01) {
    expect(book.choose(task({ image: '/1.png' }), 1, () => random).answer).not.toBe('owl')
  }
})

it.each([{ image: '/other.png' }, {}, null, 'text'])('answers an unknown task anyhow', (info) => {
  const { answer, isWrong } = book.choose(task(info), 0.5)
  expect(['owl', 'fox', 'hare']).toContain(answer)
  expect(isWrong).toBe(false)
})
