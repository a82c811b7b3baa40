import { Presenter } from '@manyhands/shared/presenters/contract'
import { describe, expect, it } from 'vitest'
import { checkDraft, newDraft, newOption, toDraft, toPresenter } from './presenter-draft.ts'

const presenter = Presenter.parse({
  version: 1,
  stimulus: { kind: 'image', field: 'url', pixelated: true, alt_field: 'alt' },
  caption_field: 'source',
  question: 'Is there a bird?',
  answer: {
    kind: 'choice',
    options: [
      { value: 'y', label: 'Yes' },
      { value: 'n', label: 'No' },
    ],
  },
  help: 'Look twice.',
})

describe('a presenter while it is written', () => {
  it('comes back from the form as it went in', () => {
    expect(toPresenter(toDraft(presenter))).toEqual(presenter)
  })

  it('keeps the stored value of an answer when its words change', () => {
    const draft = toDraft(presenter)
    draft.options = draft.options.map((option) => ({ ...option, label: `${option.label}!` }))
    expect(toPresenter(draft).answer).toMatchObject({
      options: [
        { value: 'y', label: 'Yes!' },
        { value: 'n', label: 'No!' },
      ],
    })
  })

  it('gives new answers values of their own, also where the words leave none', () => {
    const options = ['Not sure', 'Not  sure?', '???', '  '].map((label) => newOption(label))
    const { answer } = toPresenter({ ...newDraft(), options })
    expect(answer.kind === 'choice' && answer.options.map(({ value }) => value)).toEqual([
      'not_sure',
      'not_sure_2',
      'option_3',
    ])
  })

  it('says what is missing before it can be stored', () => {
    const draft = { ...newDraft(), field: ' ', options: [newOption('Yes')] }
    expect(Object.keys(checkDraft(draft)).sort()).toEqual(['field', 'options', 'question'])
    expect(checkDraft({ ...newDraft(), question: 'Is it red?' })).toEqual({})
  })
})
