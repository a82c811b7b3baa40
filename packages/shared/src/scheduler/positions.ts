import type { Redis } from 'ioredis'

/** A place in a project's order: everything before it is completed or answered by the volunteer. */
export interface Position {
  priority0: number
  id: number
}

const LIFE_SECONDS = 7 * 86_400

/** How far each volunteer has come in each project, so that somebody with 20,000 answers is not made to
 *  walk past them again. Only a shortcut: without it the walk starts at the beginning. A place counts for
 *  one epoch of the project (`projects.schedule_epoch`). */
export class Positions {
  readonly #redis: Redis
  readonly #prefix: string

  constructor(redis: Redis, prefix: string) {
    this.#redis = redis
    this.#prefix = `${prefix}:place:`
  }

  async find(
    projectId: number,
    epoch: number,
    volunteerKey: string,
  ): Promise<Position | undefined> {
    const text = await this.#redis.get(this.#key(projectId, volunteerKey)).catch(() => null)
    const [storedEpoch, priority0, id] = (text ?? '').split(' ').map(Number)
    if (storedEpoch !== epoch || priority0 === undefined || id === undefined) return undefined
    return { priority0, id }
  }

  async save(
    projectId: number,
    epoch: number,
    volunteerKey: string,
    position: Position,
  ): Promise<void> {
    const text = `${epoch} ${position.priority0} ${position.id}`
    await this.#redis
      .set(this.#key(projectId, volunteerKey), text, 'EX', LIFE_SECONDS)
      .catch(() => {})
  }

  /** After the volunteer's own answer was taken back. */
  async forget(projectId: number, volunteerKey: string): Promise<void> {
    await this.#redis.del(this.#key(projectId, volunteerKey)).catch(() => {})
  }

  #key(projectId: number, volunteerKey: string): string {
    return `${this.#prefix}${projectId}:${volunteerKey}`
  }
}
