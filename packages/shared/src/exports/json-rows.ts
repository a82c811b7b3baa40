import { EXPORT_COLUMNS, type ExportColumn } from './columns.ts'
import type { ExportType } from './contract.ts'
import { NULL_FIELD, splitFields, unescapeJson, unescapeText } from './copy-text.ts'
import { toMoment } from './moments.ts'

/** Writes a line of `readExportLines` as the JSON object that the API shows. */
export function jsonRowWriter(type: ExportType): (line: string) => string {
  const parts = EXPORT_COLUMNS[type].map(({ name, kind }, at) => ({
    before: `${at === 0 ? '{' : ','}${JSON.stringify(name)}:`,
    kind,
  }))
  return (line) => {
    const fields = splitFields(line)
    let row = ''
    for (let at = 0; at < parts.length; at++) {
      const part = parts[at]
      const field = fields[at] ?? NULL_FIELD
      if (part) row += part.before + (field === NULL_FIELD ? 'null' : toJson(part.kind, field))
    }
    return `${row}}`
  }
}

function toJson(kind: ExportColumn['kind'], field: string): string {
  switch (kind) {
    case 'number':
      return field
    case 'json':
      return unescapeJson(field)
    case 'moment':
      return `"${toMoment(field)}"`
    case 'text':
      return JSON.stringify(unescapeText(field))
    case 'flag':
      return field === 't' ? 'true' : 'false'
    case 'list':
      return `[${field.slice(1, -1)}]`
  }
}
