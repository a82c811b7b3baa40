import { PermanentError } from '../queues/permanent-error.ts'

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
 *  to the next, so that no name is put together for a path that was seen before: an underscore between
 *  levels, the position as level in a list (behaviour.md section 6.4). */
export class ColumnTree {
  readonly names: string[] = []
  readonly #numbers = new Map<string, number>()
  readonly #roots = new Map<string, Branch>()

  /** A branch without a branch before it: its key is its name. */
  root(key: string): Branch {
    return this.#roots.get(key) ?? grow(this.#roots, key, key)
  }

  child(branch: Branch, key: string): Branch {
    return branch.children.get(key) ?? grow(branch.children, key, `${branch.name}_${key}`)
  }

  /** The column of a value that ends here. Two branches of one name share theirs, and the later value
   *  stays. Throws PermanentError when the file gets too wide. */
  columnOf(branch: Branch): number {
    branch.column ??= this.#number(branch.name)
    return branch.column
  }

  /** Cells for a record: all empty. */
  emptyCells(): string[] {
    return new Array<string>(this.names.length).fill('')
  }

  #number(name: string): number {
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
}

function grow(siblings: Map<string, Branch>, key: string, name: string): Branch {
  const made = { name, column: undefined, children: new Map() }
  siblings.set(key, made)
  return made
}
