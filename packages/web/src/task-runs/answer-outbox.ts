import { ApiError, isTemporary, NetworkError } from '@manyhands/shared/client/api-errors'
import type { AnswerStore, PendingAnswer } from './answer-store.ts'

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 60_000

export interface OutboxState {
  /** `offline` and `failing`: everything is kept and will be sent again by itself. */
  phase: 'idle' | 'saving' | 'offline' | 'failing'
  /** Answers on their way. */
  waiting: number
  /** Answers of an account that is not signed in now. */
  held: number
  refused: PendingAnswer[]
  /** How many the server has acknowledged since the page was loaded. */
  stored: number
}

interface OutboxOptions {
  store: AnswerStore
  /** Resolves once the server has acknowledged the answer. */
  send(answer: PendingAnswer): Promise<unknown>
  /** Who is signed in: an id, null for nobody, undefined while not known. */
  accountId(): number | null | undefined
  onRefused?(answer: PendingAnswer): void
}

/** Holds every answer until the server has acknowledged it: through lost connections, server faults
 *  and reloads of the page. One is sent at a time, oldest first. */
export class AnswerOutbox {
  #options: OutboxOptions
  #answers: PendingAnswer[] = []
  #answeredTasks = new Set<number>()
  #taken: Promise<void> | undefined
  #stored = 0
  #phase: OutboxState['phase'] = 'idle'
  #sending = false
  #failures = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #listeners = new Set<() => void>()
  #state: OutboxState = { phase: 'idle', waiting: 0, held: 0, refused: [], stored: 0 }

  constructor(options: OutboxOptions) {
    this.#options = options
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly getState = (): OutboxState => this.#state

  /** Takes up what an earlier visit or another tab left behind. */
  async load(): Promise<void> {
    await this.#takeUp()
    await this.sendNow()
  }

  /** Which tasks were answered here, whether or not the server has heard of it: it may still give
   *  them out. Complete once what an earlier visit left behind has been read. */
  async listAnsweredTasks(): Promise<ReadonlySet<number>> {
    this.#taken ??= this.#takeUp()
    await this.#taken
    return this.#answeredTasks
  }

  async #takeUp(): Promise<void> {
    const left = await this.#options.store.list().catch(() => [])
    const known = new Set(this.#answers.map(({ key }) => key))
    this.#answers.push(...left.filter(({ key }) => !known.has(key)))
    this.#answers.sort((a, b) => a.givenAt - b.givenAt)
    for (const { run, refusal } of left) if (!refusal) this.#answeredTasks.add(run.task_id)
    this.#show()
  }

  /** Keeps the answer and sends it. Resolves once it is kept on this device. */
  async add(answer: PendingAnswer): Promise<void> {
    this.#answers.push(answer)
    this.#answeredTasks.add(answer.run.task_id)
    // Where the browser stores nothing (some private windows) it is kept until the page is left.
    const kept = this.#options.store.put(answer).catch(() => undefined)
    // While a retry is due, one more answer does not make it due sooner.
    if (this.#timer === undefined) void this.#drain()
    else this.#show()
    await kept
  }

  /** Does not wait any longer: the network is back, or somebody pressed "try again". */
  sendNow(): Promise<void> {
    this.#failures = 0
    return this.#drain()
  }

  /** The volunteer has read why an answer was refused. */
  async dismiss(key: string): Promise<void> {
    await this.#forget(key)
    this.#show()
  }

  async #drain(): Promise<void> {
    if (this.#sending) return
    this.#sending = true
    clearTimeout(this.#timer)
    this.#timer = undefined
    try {
      for (let answer = this.#next(); answer; answer = this.#next()) {
        // While attempts fail, the failure is what the volunteer should read.
        this.#show(this.#failures > 0 ? this.#phase : 'saving')
        if (!(await this.#attempt(answer))) return
      }
      this.#show('idle')
    } finally {
      this.#sending = false
    }
  }

  /** Whether the outbox may go on with the next answer. */
  async #attempt(answer: PendingAnswer): Promise<boolean> {
    try {
      await this.#options.send(answer)
    } catch (error) {
      if (isTemporary(error)) {
        this.#waitAndRetry(error)
        return false
      }
      await this.#refuse(answer, error)
      return true
    }
    this.#failures = 0
    this.#stored++
    await this.#forget(answer.key)
    return true
  }

  #waitAndRetry(error: unknown): void {
    const backoff = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#failures)
    const asked = error instanceof ApiError ? (error.retryAfterMs ?? 0) : 0
    this.#failures++
    // Spread, so that a thousand browsers do not come back in the same instant.
    const wait = Math.max(asked, backoff * (0.75 + Math.random() / 2))
    this.#timer = setTimeout(() => void this.#drain(), wait)
    this.#show(error instanceof NetworkError ? 'offline' : 'failing')
  }

  async #refuse(answer: PendingAnswer, error: unknown): Promise<void> {
    answer.refusal = error instanceof Error ? error.message : 'It could not be sent.'
    await this.#options.store.put(answer).catch(() => undefined)
    this.#options.onRefused?.(answer)
  }

  async #forget(key: string): Promise<void> {
    this.#answers = this.#answers.filter((answer) => answer.key !== key)
    await this.#options.store.remove(key).catch(() => undefined)
  }

  #mayBeSent = ({ accountId, refusal }: PendingAnswer): boolean =>
    refusal === undefined && (accountId === null || accountId === this.#options.accountId())

  #next(): PendingAnswer | undefined {
    return this.#answers.find(this.#mayBeSent)
  }

  #show(phase: OutboxState['phase'] = this.#phase): void {
    this.#phase = phase
    const refused = this.#answers.filter(({ refusal }) => refusal !== undefined)
    const waiting = this.#answers.filter(this.#mayBeSent).length
    const held = this.#answers.length - refused.length - waiting
    this.#state = { phase, waiting, held, refused, stored: this.#stored }
    for (const listener of this.#listeners) listener()
  }
}
