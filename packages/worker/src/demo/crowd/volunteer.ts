import { Session } from '@manyhands/shared/sessions/contract'
import { NewTask, Task } from '@manyhands/shared/tasks/contract'
import { z } from 'zod'
import { demoPassword } from '../demo-password.ts'
import type { AnswerBook } from './answer-book.ts'
import { PlatformClient, RefusedError } from './platform-client.ts'

/** A project that the crowd answers. */
export interface CrowdProject {
  id: number
  shortName: string
  book: AnswerBook
}

export interface VolunteerOptions {
  url: string
  secret: string
  /** The account to answer with; without one the volunteer is anonymous. */
  accountName: string | undefined
  say: (text: string) => void
}

/** One simulated volunteer, who knows nothing of the platform but its public API. */
export class SimulatedVolunteer {
  readonly #client: PlatformClient
  readonly #options: VolunteerOptions
  #isHere = false

  constructor(options: VolunteerOptions) {
    this.#options = options
    this.#client = new PlatformClient(options.url, options.say)
  }

  /** Answers the next task of a project. Undefined when there is none left for this volunteer. */
  async answerNext(
    project: CrowdProject,
    errorRate: number,
  ): Promise<{ isWrong: boolean } | undefined> {
    await this.#arrive()
    const next = await this.#client.get(`/api/project/${project.id}/newtask`, NewTask)
    const task = Task.safeParse(next)
    if (!task.success) return undefined
    const { answer, isWrong } = project.book.choose(task.data, errorRate)
    const { id: task_id, project_id } = task.data
    await this.#client.post('/api/taskrun', { project_id, task_id, info: { answer } }, z.unknown())
    return { isWrong }
  }

  /** Gets an identity of their own, once. */
  async #arrive(): Promise<void> {
    if (this.#isHere) return
    await this.#client.get('/api/session', Session)
    if (this.#options.accountName) await this.#signIn(this.#options.accountName)
    this.#isHere = true
  }

  async #signIn(name: string): Promise<void> {
    const password = demoPassword(this.#options.secret, name)
    const account = {
      name,
      fullname: `Volunteer ${name}`,
      email_addr: `${name}@example.org`,
      password,
    }
    try {
      await this.#client.post('/api/account', account, Session)
    } catch (error) {
      // The account of an earlier crowd.
      if (!(error instanceof RefusedError && error.code === 'conflict')) throw error
      await this.#client.post('/api/session', { login: name, password }, Session)
    }
  }
}
