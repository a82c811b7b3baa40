import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { exportFileName, exportStorageKey } from '@manyhands/shared/exports/names'
import { type Claim, finishExport, lockClaim } from '@manyhands/shared/exports/repository'
import type { ExportRow } from '@manyhands/shared/exports/table'
import type { ProjectRow } from '@manyhands/shared/projects/table'
import type { JobContext } from '../runtime/handle.ts'
import { ClaimLostError, type ExportProgress } from './export-progress.ts'

interface Artefact {
  row: ExportRow
  claim: Claim
  project: ProjectRow
  archive: Readable
  progress: ExportProgress
}

/** Stores the archive and records that it is there. The archive's end is held back until the row is
 *  locked for this attempt: storage shows a file only when it has all of it, so a file appears only
 *  for an attempt that still counts, and nobody can cancel in between.
 *  Throws ClaimLostError, with no file left. */
export async function storeArtefact(ctx: JobContext, artefact: Artefact): Promise<void> {
  const { row, claim, project, archive, progress } = artefact
  const fileName = exportFileName({ ...row, shortName: project.shortName })
  const storageKey = exportStorageKey(row.projectId, row.id, fileName)
  const gate = new Gate()
  const flowing = pipeline(archive, gate, { signal: progress.signal })
  const stored = ctx.storage.put(storageKey, gate)
  try {
    await Promise.race([gate.reachesEnd, flowing, stored])
    await ctx.db.primary.transaction(async (tx) => {
      if (!(await lockClaim(tx, claim))) throw new ClaimLostError()
      gate.open()
      const { bytes, sha256 } = await stored
      await finishExport(tx, claim, { fileName, storageKey, bytes, sha256, rows: progress.total })
    })
  } catch (error) {
    gate.destroy(error instanceof Error ? error : new Error(String(error)))
    await Promise.allSettled([flowing, stored])
    progress.signal.throwIfAborted()
    throw error
  }
}

/** Passes everything on but the end. */
class Gate extends Transform {
  readonly reachesEnd: Promise<void>
  readonly #reach: () => void
  #end: (() => void) | undefined

  constructor() {
    super()
    const { promise, resolve } = Promise.withResolvers<void>()
    this.reachesEnd = promise
    this.#reach = resolve
  }

  override _transform(chunk: Buffer, _encoding: string, done: (e: null, chunk: Buffer) => void) {
    done(null, chunk)
  }

  override _flush(done: () => void): void {
    this.#end = done
    this.#reach()
  }

  open(): void {
    this.#end?.()
  }
}
