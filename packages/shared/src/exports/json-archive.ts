import { jsonRowWriter } from './json-rows.ts'
import { memberName } from './names.ts'
import { readExportLines } from './rows.ts'
import type { ExportRun } from './write-export.ts'
import { zip } from './zip.ts'

/** One member with one array of complete rows, a row to a line. */
export async function storeJson(run: ExportRun): Promise<void> {
  const name = memberName(run.shortName, run.type, 'json')
  await run.store(zip([{ name, plain: () => array(run) }]))
}

async function* array(run: ExportRun): AsyncGenerator<Buffer> {
  const toRow = jsonRowWriter(run.type)
  let before = '['
  for await (const lines of readExportLines(run)) {
    run.signal.throwIfAborted()
    yield Buffer.from(before + lines.map(toRow).join(',\n'))
    before = ',\n'
    run.onRows(lines.length)
  }
  yield Buffer.from(before === '[' ? '[]' : ']')
}
