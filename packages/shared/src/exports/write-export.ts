import type { Readable } from 'node:stream'
import type { ExportFormat } from './contract.ts'
import { storeCsv } from './csv-archive.ts'
import { storeJson } from './json-archive.ts'
import type { ExportSource } from './rows.ts'

/** One go at writing an export. */
export interface ExportRun extends ExportSource {
  shortName: string
  /** Ends the work: it then throws the signal's reason. */
  signal: AbortSignal
  /** Hears how many rows were read. */
  onRows: (rows: number) => void
  /** Keeps the archive, whole or not at all. May be called a second time when the first did not end. */
  store: (archive: Readable) => Promise<void>
}

/** Writes the archive of an export as a stream, in constant memory whatever its size.
 *  Throws PermanentError when the rows do not fit the format. */
export async function writeExport(run: ExportRun, format: ExportFormat): Promise<void> {
  await (format === 'csv' ? storeCsv(run) : storeJson(run))
}
