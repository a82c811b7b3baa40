import { PermanentError } from '../queues/permanent-error.ts'
import { scalarToCell } from './csv-cell.ts'

/** The most that spreadsheets open, and a bound for the width of every row. */
const MAX_COLUMNS = 16_384

/** A place in the values of a file: `info`, then `box` in it, then `x` in that. */
export interface Branch {
  readonly name: string
  /** Of the value that ends here, once there was one. */
  column: number | undefined
  readonly children: Map<string, Branch>
}

/** The columns of one CSV file, in the order in which rows first had them. A branch leads from one key
 *  to the next, so that no name is put together for a path that was seen before. */
export class ColumnTree {
  readonly names: string[] = []
  readonly #numbers = new Map<string, number>()
  readonly #roots = new Map<string, Branch>()

  root(name: string): Branch {
    return child(this.#roots, name, name)
  }

  /** Puts what is in `value` into its cells: an underscore between levels, the position as level in a
   *  list, nothing for an empty object or list (behaviour.md section 6.4). Two paths of one name share a
   *  column, and the later value stays. Throws PermanentError when a file gets too wide. */
  flatten(branch: Branch, value: unknown, cells: string[]): void {
    if (value === null || typeof value !== 'object') {
      cells[this.columnOf(branch)] = scalarToCell(value)
      return
    }
    for (const [key, inner] of Object.entries(value)) {
      const next = branch.children.get(key)
      this.flatten(next ?? child(branch.children, key, `${branch.name}_${key}`), inner, cells)
    }
  }

  /** The same for a value without a name of its own: its keys begin the names. */
  flattenRoot(value: object, cells: string[]): void {
    for (const [key, inner] of Object.entries(value)) this.flatten(this.root(key), inner, cells)
  }

  columnOf(branch: Branch): number {
    if (branch.column !== undefined) return branch.column
    const known = this.#numbers.get(branch.name)
    branch.column = known ?? this.names.push(branch.name) - 1
    if (known === undefined) this.#numbers.set(branch.name, branch.column)
    if (this.names.length > MAX_COLUMNS) {
      throw new PermanentError(
        `The rows have more than ${MAX_COLUMNS} different columns, which no spreadsheet opens. Export them as JSON.`,
      )
    }
    return branch.column
  }
}

function child(siblings: Map<string, Branch>, key: string, name: string): Branch {
  const known = siblings.get(key)
  if (known) return known
  const made = { name, column: undefined, children: new Map() }
  siblings.set(key, made)
  return made
}
