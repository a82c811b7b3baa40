import { ColumnTree } from './column-tree.ts'
import { EXPORT_COLUMNS, type ExportColumn } from './columns.ts'
import type { ExportType } from './contract.ts'
import { toCell } from './csv-cell.ts'
import { toMoment } from './moments.ts'

/** The two CSV files of an export: every row, and the contents of `info` alone (behaviour.md
 *  section 6.4). Learns their columns from the rows it is given. */
export class CsvSheets {
  readonly rows = new ColumnTree()
  readonly infos = new ColumnTree()
  readonly #columns: ExportColumn[]
  readonly #idName: string

  constructor(type: ExportType) {
    this.#columns = EXPORT_COLUMNS[type]
    this.#idName = `${type}_id`
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
      const fields = line.split('\t')
      const cells = emptyCells(this.rows)
      let info: unknown = null
      for (const [at, column] of this.#columns.entries()) {
        const field = fields[at] ?? 'null'
        if (column.kind === 'json') info = this.#placeInfo(column, field, cells)
        else this.#place(column, field, cells)
      }
      rows += `${cells.join(',')}\n`
      infos += this.#infoRecords(info, fields[0] ?? '')
    }
    return { rows, infos }
  }

  #placeInfo(column: ExportColumn, field: string, cells: string[]): unknown {
    const info: unknown = JSON.parse(field)
    this.rows.flatten(this.rows.root(column.name), info, cells)
    return info
  }

  #place({ name, kind }: ExportColumn, field: string, cells: string[]): void {
    // An empty list has no column.
    if (kind === 'list' && field === '[]') return
    cells[this.rows.columnOf(this.rows.root(name))] =
      field === 'null' ? '' : toPlainCell(kind, field)
  }

  /** An object gives one record, a list one for each object in it, anything else none. */
  #infoRecords(info: unknown, id: string): string {
    if (Array.isArray(info)) {
      const objects = info.filter(
        (item) => typeof item === 'object' && item && !Array.isArray(item),
      )
      return objects.map((item) => this.#infoRecord(item, id)).join('')
    }
    if (typeof info !== 'object' || info === null || Object.keys(info).length === 0) return ''
    return this.#infoRecord(info, id)
  }

  #infoRecord(info: object, id: string): string {
    const cells = emptyCells(this.infos)
    this.infos.flattenRoot(info, cells)
    // Last, since it stands in place of a key of that name.
    cells[this.infos.columnOf(this.infos.root(this.#idName))] = id
    return `${cells.join(',')}\n`
  }
}

/** The first record of a file: nothing when there are no rows. */
export function headerOf(columns: ColumnTree): string {
  return columns.names.length === 0 ? '' : `${columns.names.map(toCell).join(',')}\n`
}

function emptyCells(columns: ColumnTree): string[] {
  return new Array<string>(columns.names.length).fill('')
}

function toPlainCell(kind: ExportColumn['kind'], field: string): string {
  switch (kind) {
    case 'moment':
      return toMoment(field)
    case 'text':
      return toCell(String(JSON.parse(field)))
    case 'flag':
      return field === 'true' ? 'True' : 'False'
    case 'list':
      return toCell(field.replaceAll(',', ', '))
    default:
      return field
  }
}
