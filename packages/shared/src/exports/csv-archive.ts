import { CsvSheets, headerOf } from './csv-sheets.ts'
import { DeflatedSpool } from './deflated-spool.ts'
import { memberName } from './names.ts'
import { readExportLines } from './rows.ts'
import type { ExportRun } from './write-export.ts'
import { zip } from './zip.ts'

/** A row has a column that is not in the header, which is written. */
class ColumnsGrewError extends Error {}

/** Two members: every row, and the contents of `info`. The header of a CSV file comes first and its
 *  columns are only known in the end, so this assumes that the first rows have them all, as they nearly
 *  always do. Where that turns out wrong, the rest is read for its columns only and all of it is written
 *  again: two passes in one snapshot at the worst. */
export async function storeCsv(run: ExportRun): Promise<void> {
  const sheets = new CsvSheets(run.type)
  try {
    await storeWithColumnsOf(sheets, run)
  } catch (error) {
    if (!(error instanceof ColumnsGrewError)) throw error
    await storeWithColumnsOf(sheets, run)
  }
}

async function storeWithColumnsOf(sheets: CsvSheets, run: ExportRun): Promise<void> {
  // The members of an archive follow one another, but both come from the same rows.
  const infos = await DeflatedSpool.open()
  try {
    const { shortName, type } = run
    await run.store(
      zip([
        {
          name: memberName(shortName, type, 'csv'),
          plain: () => rowRecords(sheets, infos, run),
        },
        { name: memberName(shortName, type, 'info_only'), deflated: () => infos.finish() },
      ]),
    )
  } finally {
    await infos.close()
  }
}

/** The first member; `infos` gets the second. */
async function* rowRecords(
  sheets: CsvSheets,
  infos: DeflatedSpool,
  run: ExportRun,
): AsyncGenerator<Buffer> {
  let written: number | undefined
  let grew = false
  for await (const lines of readExportLines(run)) {
    run.signal.throwIfAborted()
    const before = sheets.width
    let records = sheets.format(lines)
    if (written === undefined) {
      // Its first records were made before its last columns were known.
      if (sheets.width > before) records = sheets.format(lines)
      written = sheets.width
      yield Buffer.from(headerOf(sheets.rows))
      await infos.write(headerOf(sheets.infos))
    }
    grew ||= sheets.width > written
    if (!grew) {
      yield Buffer.from(records.rows)
      await infos.write(records.infos)
    }
    run.onRows(lines.length)
  }
  if (grew) throw new ColumnsGrewError('a later row has more columns than the first ones')
}
