import { toWireMilliseconds } from '../db/columns.ts'
import type { Export } from './contract.ts'
import type { ExportRow } from './table.ts'

/** `downloadUrl`: a signed link to the file, or null while there is none. */
export function toExportView(row: ExportRow, downloadUrl: string | null): Export {
  return {
    id: row.id,
    type: row.type,
    format: row.format,
    state: row.state,
    rows_done: row.rowsDone,
    rows_total: row.rowsTotal,
    file_name: row.fileName,
    bytes: row.bytes,
    sha256: row.sha256,
    error: row.error,
    created: toWireMilliseconds(row.created),
    finished: row.finished && toWireMilliseconds(row.finished),
    download_url: row.state === 'done' ? downloadUrl : null,
  }
}
