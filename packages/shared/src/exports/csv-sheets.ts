import { EXPORT_COLUMNS, type ExportColumn } from './columns.ts'
import type { ExportType } from './contract.ts'
import { NULL_FIELD, splitFields, unescapeJson, unescapeText } from './copy-text.ts'
import { toCell } from './csv-cell.ts'
import { CsvColumns } from './csv-columns.ts'
import { flatten, Place } from './flatten.ts'
import { toMoment } from './moments.ts'

interface RowColumn {
  name: string
  kind: ExportColumn['kind']
  /** In the first file, once a row had it. */
  number: number | undefined
}

/** The two CSV files of an export: every row, and the contents of `info` alone (behaviour.md
 *  section 6.4). Learns their columns from the rows it is given. */
export class CsvSheets {
  readonly rows = new CsvColumns()
  readonly infos = new CsvColumns()
  readonly #columns: RowColumn[]
  readonly #idName: string
  readonly #info = new Place()
  #rowCells: string[] = []
  #infoCells: string[] = []

  constructor(type: ExportType) {
    this.#columns = EXPORT_COLUMNS[type].map(({ name, kind }) => ({
      name,
      kind,
      number: undefined,
    }))
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
      const fields = splitFields(line)
      this.#rowCells = this.rows.emptyCells()
      for (let at = 0; at < this.#columns.length; at++) {
        const column = this.#columns[at]
        const field = fields[at] ?? NULL_FIELD
        if (column?.kind === 'json') infos += this.#placeInfo(field, fields[0] ?? '')
        else if (column) this.#placeField(column, field)
      }
      rows += `${this.#rowCells.join(',')}\n`
    }
    return { rows, infos }
  }

  #placeField(column: RowColumn, field: string): void {
    // An empty list has no column.
    if (column.kind === 'list' && field === '{}') return
    column.number ??= this.rows.numberOf(column.name)
    if (field !== NULL_FIELD) this.#rowCells[column.number] = toPlainCell(column.kind, field)
  }

  /** Returns the records of the second file: one for an object, one for each object of a list, else none. */
  #placeInfo(field: string, id: string): string {
    const info: unknown = field === NULL_FIELD ? null : JSON.parse(unescapeJson(field))
    if (!isObject(info)) {
      flatten(this.#info, info, this.#putInRow)
      return ''
    }
    if (!Array.isArray(info)) {
      return Object.keys(info).length > 0 ? this.#infoRecord(info, id, this.#putInBoth) : ''
    }
    flatten(this.#info, info, this.#putInRow)
    const objects = info.filter((item) => isObject(item) && !Array.isArray(item))
    return objects.map((item) => this.#infoRecord(item, id, this.#putInInfos)).join('')
  }

  #infoRecord(info: object, id: string, put: (place: Place, cell: string) => void): string {
    this.#infoCells = this.infos.emptyCells()
    flatten(this.#info, info, put)
    // Last, since it stands in place of a key of that name.
    this.#infoCells[this.infos.numberOf(this.#idName)] = id
    return `${this.#infoCells.join(',')}\n`
  }

  readonly #putInRow = (place: Place, cell: string): void => {
    place.inRows ??= this.rows.numberOf(place.path === undefined ? 'info' : `info_${place.path}`)
    this.#rowCells[place.inRows] = cell
  }

  readonly #putInInfos = (place: Place, cell: string): void => {
    place.inInfos ??= this.infos.numberOf(place.path ?? '')
    this.#infoCells[place.inInfos] = cell
  }

  readonly #putInBoth = (place: Place, cell: string): void => {
    this.#putInRow(place, cell)
    this.#putInInfos(place, cell)
  }
}

/** The first record of a file: nothing when there are no rows. */
export function headerOf(columns: CsvColumns): string {
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
