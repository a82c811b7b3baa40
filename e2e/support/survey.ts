import type { Presenter } from '@manyhands/shared/presenters/contract'
import { Project, type ProjectInput, ProjectPage } from '@manyhands/shared/projects/contract'
import { Task } from '@manyhands/shared/tasks/contract'
import type { ApiClient } from './api-client.ts'

const PRESENTER: Presenter = {
  version: 1,
  stimulus: { kind: 'text', field: 'text' },
  question: 'Does this sentence mention a bird?',
  answer: {
    kind: 'choice',
    options: [
      { value: 'yes', label: 'Yes' },
      { value: 'no', label: 'No' },
    ],
  },
  help: 'A goose is a bird, a bat is not.',
}

export interface Survey {
  id: number
  shortName: string
  name: string
  tasks: Task[]
}

export interface SurveyWishes {
  /** One task each. */
  texts: string[]
  redundancy: number
  presenter?: Presenter
}

/** A published project with these tasks, made through the API by its owner. */
export async function publishSurvey(
  owner: ApiClient,
  shortName: string,
  { texts, redundancy, presenter = PRESENTER }: SurveyWishes,
): Promise<Survey> {
  const input: ProjectInput = {
    name: `Survey ${shortName}`,
    short_name: shortName,
    description: 'Sentences that may mention a bird',
    long_description: '## Why\n\nSomebody has to read them.',
    info: { presenter },
  }
  const { id, name } = await owner.post('/api/project', input, Project)
  const tasks: Task[] = []
  for (const text of texts) {
    const task = { project_id: id, info: { text }, n_answers: redundancy }
    tasks.push(await owner.post('/api/task', task, Task))
  }
  await owner.post(`/api/projects/${shortName}/publish`, {}, ProjectPage)
  return { id, name, shortName, tasks }
}
