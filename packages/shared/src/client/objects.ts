import { z } from 'zod'
import { type HttpClient, Nothing, type RequestOptions } from './http-client.ts'
import { type ListArguments, toQuery } from './list-arguments.ts'

const PAGE = 100

/** One kind of object of the API: the name in its path, its contracts, and what can be done with it. */
export interface Kind {
  name: string
  item: z.ZodType<{ id?: number | undefined }>
  /** Of a new one. */
  input?: z.ZodType
  change?: z.ZodType
  isRemovable?: true
  /** Takes a file with a new one (multipart). */
  takesFiles?: true
}

type Call = Pick<RequestOptions, 'signal' | 'timeoutMs'>

interface Readable<Item> {
  list(args?: ListArguments<Item>, call?: Call): Promise<Item[]>
  get(id: number, call?: Call): Promise<Item>
}

/** Objects that always show their ids. */
interface Pageable<Item> {
  /** All of them, by id, page by page: ends when there are no more. */
  each(args?: Omit<ListArguments<Item>, Paging>, call?: Call): AsyncGenerator<Item, void>
}
type Paging = 'offset' | 'orderby' | 'desc'

interface Makeable<Item, Input> {
  create(input: Input, call?: Call): Promise<Item>
}

interface Removable {
  remove(id: number, call?: Call): Promise<void>
}

interface Changeable<Item, Change> {
  /** Only what is sent changes; `info` is replaced as a whole. */
  change(id: number, change: Change, call?: Call): Promise<Item>
}

interface Uploadable<Item, Input> {
  /** A new one with a file. */
  createWithFile(input: Input, file: Blob, fileName: string, call?: Call): Promise<Item>
}

type None = Record<never, never>
type Item<K extends Kind> = z.infer<K['item']>

/** What can be done with objects of a kind, typed by its contracts. */
export type ObjectsOf<K extends Kind> = Readable<Item<K>> &
  (Item<K> extends { id: number } ? Pageable<Item<K>> : None) &
  (K extends { input: infer I extends z.ZodType } ? Makeable<Item<K>, z.input<I>> : None) &
  (K extends { change: infer C extends z.ZodType } ? Changeable<Item<K>, z.input<C>> : None) &
  (K extends { isRemovable: true } ? Removable : None) &
  (K extends { takesFiles: true; input: infer I extends z.ZodType }
    ? Uploadable<Item<K>, z.input<I>>
    : None)

export function objectsOf<K extends Kind>(http: HttpClient, kind: K): ObjectsOf<K> {
  const path = `/${kind.name}`
  const one = (id: number) => `${path}/${id}`
  const list = (args: Record<string, unknown> = {}, call: Call = {}) =>
    http.get(path, z.array(kind.item), { ...call, query: toQuery(args) })

  async function* each(args: Record<string, unknown> = {}, call: Call = {}) {
    const limit = Number(args.limit ?? PAGE)
    for (let last = args.last_id; ; ) {
      const page = await list({ ...args, limit, last_id: last ?? 0 }, call)
      yield* page
      if (page.length < Math.min(limit, PAGE)) return
      last = page.at(-1)?.id
    }
  }

  const all = {
    list,
    each,
    get: (id: number, call?: Call) => http.get(one(id), kind.item, call),
    create: (body: unknown, call?: Call) => http.post(path, kind.item, { ...call, body }),
    createWithFile: (input: object, file: Blob, fileName: string, call?: Call) =>
      http.post(path, kind.item, { ...call, body: toForm(input, file, fileName) }),
    change: (id: number, body: unknown, call?: Call) =>
      http.put(one(id), kind.item, { ...call, body }),
    remove: (id: number, call?: Call) => http.remove(one(id), Nothing, call),
  }
  // The type shows of them what the kind allows; calling another one is answered with 405.
  return all as unknown as ObjectsOf<K>
}

/** A multipart form: texts as they are, anything else as JSON, the file as the part `file`. */
export function toForm(fields: object, file: Blob, fileName: string): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined || value === null) continue
    form.set(name, typeof value === 'string' ? value : JSON.stringify(value))
  }
  form.set('file', file, fileName)
  return form
}
