import type { Presenter } from '@manyhands/shared/presenters/contract'
import type { Task } from '@manyhands/shared/tasks/contract'

const SAMPLES = {
  image: '/sample-picture.svg',
  text: 'Here stands the text of a task: one row of your file after the other.',
}

/** Something to show a presenter with while a project has no tasks. */
export function sampleTask({ stimulus, caption_field }: Presenter): Task {
  return {
    id: 0,
    created: '',
    project_id: 0,
    state: 'ongoing',
    quorum: 0,
    calibration: 0,
    priority_0: 0,
    info: {
      ...(caption_field ? { [caption_field]: `from the column ${caption_field}` } : {}),
      [stimulus.field]: SAMPLES[stimulus.kind],
    },
    n_answers: 1,
    fav_user_ids: null,
  }
}
