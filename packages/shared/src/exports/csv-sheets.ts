import { type Branch, ColumnTree } from './column-tree.ts'
import { EXPORT_COLUMNS, type ExportColumn } from './columns.ts'
import type { ExportType } from './contract.ts'
import { NULL_FIELD, splitFields, unescapeJson, unescapeText } from './copy-text.ts'
import { toCell } from './csv-cell.ts'
import { flatten, flattenRoot } from './flatten.ts'
import { toMoment } from './moments.ts'

interface SheetColumn {
  kind: ExportColumn['kind']
  branch: Branch
}

/** The two CSV files of an export: every row, and the contents of `info` alone (behaviour.md
 *  section 6.4). Learns their columns from the rows it is given. */
export class CsvSheets {
  readonly rows = new ColumnTree()
  readonly infos = new ColumnTree()
  readonly #columns: SheetColumn[]
  readonly #id: Branch

  constructor(type: ExportType) {
    this.#columns = EXPORT_COLUMNS[type].map(({ name, kind }) => ({
      kind,
      branch: this.rows.root(name),
    }))
    this.#id = this.infos.root(`${type}_id`)
  }

  /** Columns of both files: more than before when new ones have been met. */
  get width(): number {
    return this.rows.names.length + this.infos.names.length
  }

  /** Lines of `readExportLines` as records of both files. */
  format(lines: string[]): { rows: string; infos: string } {
    let rows = ''
    let infos = ''
    for (const line of lines) {
      const fields = splitFields(line)
      const cells = this.rows.emptyCells()
      let info: unknown = null
      for (let at = 0; at < this.#columns.length; at++) {
        const column = this.#columns[at]
        const field = fields[at] ?? NULL_FIELD
        if (column?.kind === 'json') {
          info = field === NULL_FIELD ? null : JSON.parse(unescapeJson(field))
          flatten(this.rows, column.branch, info, cells)
        } else if (column) this.#place(column, field, cells)
      }
      rows += `${cells.join(',')}\n`
      infos += this.#infoRecords(info, fields[0] ?? '')
    }
    return { rows, infos }
  }

  #place({ branch, kind }: SheetColumn, field: string, cells: string[]): void {
    // An empty list has no column.
    if (kind === 'list' && field === '{}') return
    const column = this.rows.columnOf(branch)
    if (field !== NULL_FIELD) cells[column] = toPlainCell(kind, field)
  }

  /** An object gives one record, a list one for each object in it, anything else none. */
  #infoRecords(info: unknown, id: string): string {
    if (Array.isArray(info)) {
      const objects = info.filter((item) => isObject(item) && !Array.isArray(item))
      return objects.map((item) => this.#infoRecord(item, id)).join('')
    }
    return isObject(info) && Object.keys(info).length > 0 ? this.#infoRecord(info, id) : ''
  }

  #infoRecord(info: object, id: string): string {
    const cells = this.infos.emptyCells()
    flattenRoot(this.infos, info, cells)
    // Last, since it stands in place of a key of that name.
    cells[this.infos.columnOf(this.#id)] = id
    return `${cells.join(',')}\n`
  }
}

/** The first record of a file: nothing when there are no rows. */
export function headerOf(columns: ColumnTree): string {
  return columns.names.length === 0 ? '' : `${columns.names.map(toCell).join(',')}\n`
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function toPlainCell(kind: ExportColumn['kind'], field: string): string {
  switch (kind) {
    case 'number':
    case 'json':
      return field
    case 'moment':
      return toMoment(field)
    case 'text':
      return toCell(unescapeText(field))
    case 'flag':
      return field === 't' ? 'True' : 'False'
    case 'list':
      return toCell(`[${field.slice(1, -1).replaceAll(',', ', ')}]`)
  }
}
