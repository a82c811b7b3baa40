import { scalarToCell } from './csv-cell.ts'

/** A place in the values of `info`: the root, `box` in it, then `x` in that. It remembers its column in
 *  each file, so that no name is put together or looked up for a place that was met before. */
export class Place {
  /** The keys to it, joined by underscores; the position is the key in a list. The root has none. */
  readonly path: string | undefined
  readonly #inner = new Map<string, Place>()
  inRows: number | undefined
  inInfos: number | undefined

  constructor(path?: string) {
    this.path = path
  }

  at(key: string): Place {
    const known = this.#inner.get(key)
    if (known) return known
    const made = new Place(this.path === undefined ? key : `${this.path}_${key}`)
    this.#inner.set(key, made)
    return made
  }
}

/** Gives every scalar in `value` as a cell to `put`, in order. An empty object or list has none
 *  (behaviour.md section 6.4). */
export function flatten(
  place: Place,
  value: unknown,
  put: (place: Place, cell: string) => void,
): void {
  if (value === null || typeof value !== 'object') {
    put(place, scalarToCell(value))
    return
  }
  const inside = value as Record<string, unknown>
  for (const key of Object.keys(inside)) flatten(place.at(key), inside[key], put)
}
