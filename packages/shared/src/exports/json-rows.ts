import { EXPORT_COLUMNS } from './columns.ts'
import type { ExportType } from './contract.ts'
import { toMoment } from './moments.ts'

/** Writes a line of `readExportLines` as the JSON object that the API shows. */
export function jsonRowWriter(type: ExportType): (line: string) => string {
  const parts = EXPORT_COLUMNS[type].map(({ name, kind }, at) => ({
    before: `${at === 0 ? '{' : ','}${JSON.stringify(name)}:`,
    isMoment: kind === 'moment',
  }))
  return (line) => {
    const fields = line.split('\t')
    let row = ''
    for (const [at, { before, isMoment }] of parts.entries()) {
      const field = fields[at] ?? 'null'
      row += before
      row += isMoment ? `"${toMoment(field)}"` : field
    }
    return `${row}}`
  }
}
