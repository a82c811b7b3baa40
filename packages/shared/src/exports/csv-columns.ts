import { PermanentError } from '../queues/permanent-error.ts'

/** The most that spreadsheets open, and a bound for the width of every row. */
const MAX_COLUMNS = 16_384

/** The columns of one CSV file, in the order in which its rows first had them. */
export class CsvColumns {
  readonly names: string[] = []
  readonly #numbers = new Map<string, number>()

  /** The number of the column of this name, a new one when there is none. Throws PermanentError when the
   *  file gets too wide. */
  numberOf(name: string): number {
    const known = this.#numbers.get(name)
    if (known !== undefined) return known
    if (this.names.length === MAX_COLUMNS) {
      throw new PermanentError(
        `The rows have more than ${MAX_COLUMNS} different columns, which no spreadsheet opens. Export them as JSON.`,
      )
    }
    const number = this.names.push(name) - 1
    this.#numbers.set(name, number)
    return number
  }

  /** Cells for a record: all empty. */
  emptyCells(): string[] {
    return new Array<string>(this.names.length).fill('')
  }
}
