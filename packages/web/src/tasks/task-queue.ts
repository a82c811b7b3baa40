import type { Task } from '@manyhands/shared/tasks/contract'

/** Ask for more when fewer than this are at hand, the shown one included… */
const LOW = 3
/** …and then for as many as make this. Each is leased to the volunteer, so not too many. */
const FULL = 5

export interface TaskQueueState {
  /** `empty`: nothing is left for this volunteer now, but perhaps some that they skipped. */
  phase: 'loading' | 'ready' | 'empty' | 'failed'
  current: Task | null
  skipped: number
  error: unknown
}

interface TaskQueueSource {
  fetchTasks(window: { offset: number; limit: number }): Promise<Task[]>
  /** Tasks answered on this device, of which the server may not have heard yet. */
  listAnswered(): Promise<ReadonlySet<number>>
  /** Loads what a task shows, so that it can be painted at once later. */
  warm(task: Task): void
}

/** Keeps the next tasks at hand, pictures loaded, so that answering never waits for the network. */
export class TaskQueue {
  #source: TaskQueueSource
  #waiting: Task[] = []
  #answered: ReadonlySet<number> = new Set()
  #skipped = new Map<number, Task>()
  #filling: Promise<void> | null = null
  #started = false
  #listeners = new Set<() => void>()
  #state: TaskQueueState = { phase: 'loading', current: null, skipped: 0, error: null }

  constructor(source: TaskQueueSource) {
    this.#source = source
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly getState = (): TaskQueueState => this.#state

  /** Fills the queue, once. `getFirst` brings a task that was asked for by its number; if it cannot
   *  be had, the volunteer is told instead of being shown another one. */
  async start(getFirst?: () => Promise<Task>): Promise<void> {
    if (this.#started) return
    this.#started = true
    try {
      if (getFirst) this.#take([await getFirst()])
    } catch (error) {
      return this.#show({ phase: 'failed', error })
    }
    await this.#fill()
  }

  /** The shown task is answered: the next one is shown at once if it is at hand. */
  answered(): void {
    this.#waiting.shift()
    this.#advance()
  }

  /** Puts the shown task aside; it stays leased and can be returned to. */
  skip(): void {
    const task = this.#waiting.shift()
    if (task) this.#skipped.set(task.id, task)
    this.#advance()
  }

  /** Brings the tasks that were put aside back. */
  returnToSkipped(): void {
    const tasks = [...this.#skipped.values()]
    this.#skipped.clear()
    this.#take(tasks)
  }

  async retry(): Promise<void> {
    this.#show({ phase: 'loading', error: null })
    await this.#fill()
  }

  #advance(): void {
    const [current] = this.#waiting
    this.#show(current ? { phase: 'ready', current } : { phase: 'loading', current: null })
    if (this.#waiting.length < LOW) void this.#fill()
  }

  #fill(): Promise<void> {
    this.#filling ??= this.#fetchMore().finally(() => {
      this.#filling = null
      // The last task went while this was under way: what came may have been known already.
      if (this.#waiting.length === 0 && this.#state.phase === 'loading')
        this.#show({ phase: 'empty' })
    })
    return this.#filling
  }

  async #fetchMore(): Promise<void> {
    try {
      this.#answered = await this.#source.listAnswered()
      const aside = this.#waiting.length + this.#skipped.size
      const wanted = Math.max(1, FULL - this.#waiting.length)
      const fresh = this.#unknown(await this.#source.fetchTasks({ offset: aside, limit: wanted }))
      if (fresh.length > 0) return this.#take(fresh)
      if (this.#waiting.length > 0) return
      // Others may have completed tasks that we counted on, and an answer of ours may not have
      // arrived yet: look once from the start before saying that nothing is left.
      const limit = Math.min(100, this.#skipped.size + this.#answered.size + 1)
      this.#take(this.#unknown(await this.#source.fetchTasks({ offset: 0, limit })))
    } catch (error) {
      if (this.#waiting.length === 0) this.#show({ phase: 'failed', current: null, error })
    }
  }

  #unknown(tasks: Task[]): Task[] {
    const queued = new Set(this.#waiting.map(({ id }) => id))
    return tasks.filter(
      ({ id }) => !queued.has(id) && !this.#answered.has(id) && !this.#skipped.has(id),
    )
  }

  #take(tasks: Task[]): void {
    if (tasks.length === 0) return
    for (const task of tasks) this.#source.warm(task)
    this.#waiting.push(...tasks)
    const [current = null] = this.#waiting
    this.#show({ phase: 'ready', current, error: null })
  }

  #show(change: Partial<TaskQueueState>): void {
    this.#state = { ...this.#state, skipped: this.#skipped.size, ...change }
    for (const listener of this.#listeners) listener()
  }
}
