import { Presenter } from '@manyhands/shared/presenters/contract'
import { slugify } from '../ui/slugify.ts'

export interface OptionDraft {
  /** Tells the rows of the form apart. */
  id: string
  label: string
  /** What is stored as the answer; a new option gets its own from the label. */
  value: string | null
}

/** A presenter while it is being written: everything at once, so that changing one's mind about the
 *  kind of answer loses nothing. */
export interface PresenterDraft {
  stimulus: 'image' | 'text'
  field: string
  altField: string
  captionField: string
  pixelated: boolean
  question: string
  answer: 'choice' | 'text'
  options: OptionDraft[]
  placeholder: string
  numeric: boolean
  multiline: boolean
  maxLength: number | undefined
  help: string
}

export const TASK_KINDS = {
  'image-choice': { stimulus: 'image', answer: 'choice', field: 'image' },
  'image-text': { stimulus: 'image', answer: 'text', field: 'image' },
  'text-choice': { stimulus: 'text', answer: 'choice', field: 'text' },
} as const satisfies Record<string, Pick<PresenterDraft, 'stimulus' | 'answer' | 'field'>>
export type TaskKind = keyof typeof TASK_KINDS

export function newOption(label = ''): OptionDraft {
  return { id: crypto.randomUUID(), label, value: null }
}

export function newDraft(kind: TaskKind = 'image-choice'): PresenterDraft {
  return {
    ...TASK_KINDS[kind],
    altField: '',
    captionField: '',
    pixelated: false,
    question: '',
    options: [newOption('Yes'), newOption('No'), newOption('Not sure')],
    placeholder: '',
    numeric: false,
    multiline: false,
    maxLength: undefined,
    help: '',
  }
}

export function toDraft({ stimulus, answer, ...presenter }: Presenter): PresenterDraft {
  const typed = answer.kind === 'text' ? answer : undefined
  return {
    ...newDraft(),
    stimulus: stimulus.kind,
    field: stimulus.field,
    altField: stimulus.kind === 'image' ? (stimulus.alt_field ?? '') : '',
    pixelated: stimulus.kind === 'image' && stimulus.pixelated === true,
    captionField: presenter.caption_field ?? '',
    question: presenter.question,
    answer: answer.kind,
    ...(answer.kind === 'choice'
      ? { options: answer.options.map((option) => ({ id: crypto.randomUUID(), ...option })) }
      : {}),
    placeholder: typed?.placeholder ?? '',
    numeric: typed?.numeric ?? false,
    multiline: typed?.multiline ?? false,
    maxLength: typed?.max_length,
    help: presenter.help ?? '',
  }
}

/** The presenter that the draft stands for; parse it with the contract before it is stored. */
export function toPresenter(draft: PresenterDraft): Presenter {
  return {
    version: 1,
    stimulus:
      draft.stimulus === 'image'
        ? {
            kind: 'image',
            field: draft.field.trim(),
            ...(draft.pixelated ? { pixelated: true } : {}),
            ...(draft.altField.trim() ? { alt_field: draft.altField.trim() } : {}),
          }
        : { kind: 'text', field: draft.field.trim() },
    ...(draft.captionField.trim() ? { caption_field: draft.captionField.trim() } : {}),
    question: draft.question.trim(),
    answer:
      draft.answer === 'choice'
        ? { kind: 'choice', options: withValues(draft.options) }
        : {
            kind: 'text',
            ...(draft.placeholder.trim() ? { placeholder: draft.placeholder.trim() } : {}),
            ...(draft.numeric ? { numeric: true } : {}),
            ...(draft.multiline ? { multiline: true } : {}),
            ...(draft.maxLength ? { max_length: draft.maxLength } : {}),
          },
    ...(draft.help.trim() ? { help: draft.help.trim() } : {}),
  }
}

/** A stored value never changes with its label: earlier answers carry it. New ones are unique. */
function withValues(options: OptionDraft[]): { value: string; label: string }[] {
  const written = options.filter(({ label }) => label.trim() !== '')
  const taken = new Set(written.map(({ value }) => value))
  return written.map(({ label, value }, index) => {
    if (value) return { value, label: label.trim() }
    const base = slugify(label, 60).replaceAll('-', '_') || `option_${index + 1}`
    let unique = base
    for (let next = 2; taken.has(unique); next++) unique = `${base}_${next}`
    taken.add(unique)
    return { value: unique, label: label.trim() }
  })
}

export type DraftErrors = Partial<
  Record<'field' | 'question' | 'options' | 'help' | 'other', string>
>

/** What still has to be filled in, by the part of the form; empty when the draft can be stored. */
export function checkDraft(draft: PresenterDraft): DraftErrors {
  const result = Presenter.safeParse(toPresenter(draft))
  if (result.success) return {}
  const errors: DraftErrors = {}
  for (const { path, message } of result.error.issues) {
    const [first] = path
    if (first === 'stimulus') errors.field ??= 'Name the column to show.'
    else if (first === 'question') {
      errors.question ??= draft.question.trim() ? message : 'Write the question.'
    } else if (first === 'answer') {
      errors.options ??= path.includes('label')
        ? 'An answer has at most 80 letters.'
        : 'Give 2 to 20 answers.'
    } else if (first === 'help') errors.help ??= message
    else errors.other ??= message
  }
  return errors
}
