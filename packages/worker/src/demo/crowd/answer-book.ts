import type { Task } from '@manyhands/shared/tasks/contract'
import type { DemoProject } from '../demo-project.ts'

const DIGITS = Array.from({ length: 10 }, (_, digit) => String(digit))

/** What is right for each task of a demo project, and what else somebody could have answered. */
export class AnswerBook {
  readonly #field: string
  readonly #truths: Map<string, string>
  readonly #answers: string[]

  constructor(field: string, truths: Map<string, string>, answers: string[]) {
    this.#field = field
    this.#truths = truths
    this.#answers = answers
  }

  static async of({ presenter, listTasks }: DemoProject): Promise<AnswerBook> {
    const { field } = presenter.stimulus
    const truths = (await listTasks()).map(({ info, truth }) => [info[field] ?? '', truth] as const)
    const { answer } = presenter
    const answers = answer.kind === 'choice' ? answer.options.map(({ value }) => value) : DIGITS
    return new AnswerBook(field, new Map(truths), answers)
  }

  /** The right answer, or, `errorRate` of the time, one of the others. For a task that its owner added
   *  later nothing is right: any answer will do. */
  choose(
    task: Task,
    errorRate: number,
    random = Math.random,
  ): { answer: string; isWrong: boolean } {
    const truth = this.#truthOf(task.info)
    const isWrong = truth !== undefined && random() < errorRate
    if (truth !== undefined && !isWrong) return { answer: truth, isWrong }
    const others = this.#answers.filter((answer) => answer !== truth)
    return { answer: others[Math.floor(random() * others.length)] ?? '', isWrong }
  }

  #truthOf(info: unknown): string | undefined {
    if (typeof info !== 'object' || info === null || !(this.#field in info)) return undefined
    return this.#truths.get(String(Reflect.get(info, this.#field)))
  }
}
