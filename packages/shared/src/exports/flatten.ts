import type { Branch, ColumnTree } from './column-tree.ts'
import { scalarToCell } from './csv-cell.ts'

/** Puts what is in `value` into its cells; an empty object or list has none (behaviour.md section 6.4).
 *  Throws PermanentError when the file gets too wide. */
export function flatten(
  columns: ColumnTree,
  branch: Branch,
  value: unknown,
  cells: string[],
): void {
  if (value === null || typeof value !== 'object') {
    cells[columns.columnOf(branch)] = scalarToCell(value)
    return
  }
  const inside = value as Record<string, unknown>
  for (const key of Object.keys(inside)) {
    flatten(columns, columns.child(branch, key), inside[key], cells)
  }
}

/** The same for a value without a name of its own: its keys begin the names. */
export function flattenRoot(columns: ColumnTree, value: object, cells: string[]): void {
  const inside = value as Record<string, unknown>
  for (const key of Object.keys(inside)) flatten(columns, columns.root(key), inside[key], cells)
}
