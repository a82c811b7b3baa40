import type { Answered } from '../src/context/context.ts'
import { DescribedAnswers } from './described-answers.ts'

/** Holds each answer of the API against the API's own description. */
export class AnswerCheck {
  readonly faults: string[] = []
  readonly #described = new WeakMap<object, DescribedAnswers>()

  async see({ method, path, document, response }: Answered): Promise<void> {
    const fault = await this.#describedBy(document).faultOf(method, path, response)
    if (fault) this.faults.push(`${method} ${path ?? '(no endpoint)'} ${response.status}: ${fault}`)
  }

  /** Throws what was wrong since the last time. */
  report(): void {
    const faults = [...new Set(this.faults.splice(0))]
    if (faults.length > 0)
      throw new Error(`Answers that the API description does not allow:\n${faults.join('\n')}`)
  }

  #describedBy(document: object): DescribedAnswers {
    const answers = this.#described.get(document) ?? new DescribedAnswers(document)
    this.#described.set(document, answers)
    return answers
  }
}
