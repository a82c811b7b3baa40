import type { Context as PlatformContext } from '@manyhands/shared/context/context'
import { listExports } from '@manyhands/shared/exports/repository'
import type { ExportRow } from '@manyhands/shared/exports/table'
import { findProjectStats } from '@manyhands/shared/stats/repository'
import type { ProjectStatsRow } from '@manyhands/shared/stats/table'

/** What listeners of a project are told of. */
export interface Snapshot {
  stats: ProjectStatsRow | undefined
  exports: ExportRow[]
}

type Listener = (snapshot: Snapshot) => void

const EVERY_MS = 1_000
const EXPORTS = 5

/** Looks at a project once a second for all who listen to it, and not at all when nobody does: the cost
 *  does not grow with the listeners. */
export class ProjectWatch {
  readonly #ctx: PlatformContext
  readonly #watched = new Map<number, { listeners: Set<Listener>; timer: NodeJS.Timeout }>()

  constructor(ctx: PlatformContext) {
    this.#ctx = ctx
  }

  /** Calls `listener` at once and every second; returns how to stop. */
  listen(projectId: number, listener: Listener): () => void {
    const watched = this.#watched.get(projectId) ?? this.#start(projectId)
    watched.listeners.add(listener)
    void this.#look(projectId)
    return () => {
      watched.listeners.delete(listener)
      if (watched.listeners.size > 0) return
      clearInterval(watched.timer)
      this.#watched.delete(projectId)
    }
  }

  #start(projectId: number) {
    const timer = setInterval(() => void this.#look(projectId), EVERY_MS)
    timer.unref()
    const watched = { listeners: new Set<Listener>(), timer }
    this.#watched.set(projectId, watched)
    return watched
  }

  async #look(projectId: number): Promise<void> {
    try {
      const snapshot = await this.#ctx.db.read(async (db) => ({
        stats: await findProjectStats(db, projectId),
        exports: await listExports(db, projectId, EXPORTS),
      }))
      for (const listener of this.#watched.get(projectId)?.listeners ?? []) listener(snapshot)
    } catch (error) {
      this.#ctx.log.debug({ err: error }, 'a look at a project failed, the next one is in a second')
    }
  }
}
