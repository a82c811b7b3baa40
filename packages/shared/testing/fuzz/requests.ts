import fc from 'fast-check'
import { type Pool, type Schema, TRICKY_TEXTS, trouble, Values } from './values.ts'

export interface FuzzRequest {
  operationId: string
  method: string
  path: string
  headers: Record<string, string>
  body: string | FormData | Uint8Array | undefined
}

interface Parameter {
  name: string
  in: string
  required?: boolean
  schema: Schema
}

/** An operation of an API description. */
export interface DescribedOperation {
  operationId: string
  security?: object[]
  parameters?: Parameter[]
  requestBody?: { content: Record<string, { schema?: Schema }> }
}

export interface ApiDocument {
  paths: Record<string, Record<string, DescribedOperation>>
}

const JSON_TYPE = 'application/json'
const FORM_TYPE = 'multipart/form-data'
/** The smallest picture there is, so that an upload may be accepted. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** Requests to one operation: about half of them keep the description, the others nearly. */
export function requestsTo(
  document: ApiDocument,
  path: string,
  method: string,
  pool: Pool,
): fc.Arbitrary<FuzzRequest> {
  const operation = document.paths[path]?.[method]
  if (!operation) throw new Error(`The description has no ${method} ${path}`)
  const values = new Values(document, pool)
  const { parameters = [], requestBody, operationId } = operation
  const inPath = parameters.filter((one) => one.in === 'path')
  const inQuery = parameters.filter((one) => one.in === 'query')
  return fc
    .record({
      place: fc.tuple(...inPath.map((one) => segment(values, one, nameInPath(path, one.name)))),
      query: queryText(values, inQuery),
      sent: requestBody
        ? bodies(values, requestBody.content)
        : fc.constant({ headers: {}, body: undefined }),
    })
    .map(({ place, query, sent }) => ({
      operationId,
      method: method.toUpperCase(),
      path: fill(path, inPath, place) + query,
      ...sent,
    }))
}

/** `id` in `/api/task/{id}` is the id of a `task`. */
function nameInPath(path: string, name: string): string {
  const [, before] = new RegExp(`/([^/{}]+)/\\{${name}\\}`).exec(path) ?? []
  return name === 'id' || name === 'name' ? (before ?? name) : name
}

function segment(values: Values, { schema }: Parameter, name: string): fc.Arbitrary<string> {
  const strange = fc.constantFrom(
    '0',
    '-1',
    '1.0',
    '99999999999',
    'x',
    '%00',
    '%F0',
    '..%2f',
    '1%27',
  )
  return fc.oneof(
    {
      weight: 6,
      arbitrary: values.of(schema, name).map((one) => encodeURIComponent(wellFormed(String(one)))),
    },
    { weight: 1, arbitrary: strange },
  )
}

function queryText(values: Values, parameters: Parameter[]): fc.Arbitrary<string> {
  const given = parameters.map((one) => {
    const { name, schema, required } = one
    const value = fc.oneof(
      { weight: 4, arbitrary: values.of(schema, name).map(String) },
      { weight: 1, arbitrary: fc.constantFrom(...TRICKY_TEXTS) },
    )
    const pair = value.map((text) => [[name, text]])
    // Of a list's twenty arguments few at a time, or all requests fail for the same reason.
    const share = Math.max(1, Math.round(parameters.length / 3))
    return fc.oneof(
      { weight: required ? 12 * share : 1, arbitrary: pair },
      { weight: share, arbitrary: fc.constant([]) },
    )
  })
  const unknown = fc.oneof(
    { weight: 12, arbitrary: fc.constant([]) },
    {
      weight: 1,
      arbitrary: fc.constantFrom([['colour', 'red']], [['_', '1']], [['__proto__', 'x']]),
    },
  )
  return fc.tuple(...given, unknown).map((parts) => {
    const pairs = (parts as string[][][]).flat()
    const search = new URLSearchParams(
      pairs.map(([name = '', text = '']) => [name, wellFormed(text)]),
    )
    return search.size > 0 ? `?${search}` : ''
  })
}

type Sent = Pick<FuzzRequest, 'headers' | 'body'>

function bodies(values: Values, content: Record<string, { schema?: Schema }>): fc.Arbitrary<Sent> {
  const sent = Object.entries(content).map(([type, { schema = {} }]) => {
    if (type === JSON_TYPE) return { weight: 6, arbitrary: json(values, schema) }
    if (type === FORM_TYPE) return { weight: 3, arbitrary: form(values, schema) }
    return { weight: 3, arbitrary: raw(type) }
  })
  const broken = fc.constantFrom<Sent>(
    { headers: { 'content-type': JSON_TYPE }, body: '{"a":' },
    { headers: { 'content-type': JSON_TYPE }, body: '' },
    { headers: { 'content-type': JSON_TYPE }, body: '[]' },
    { headers: { 'content-type': JSON_TYPE }, body: 'null' },
    { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=1' },
    { headers: { 'content-type': `${FORM_TYPE}; boundary=x` }, body: '--y\r\n' },
    { headers: { 'content-type': 'nonsense' }, body: '\u0000' },
  )
  return fc.oneof(...sent, { weight: 1, arbitrary: broken })
}

function json(values: Values, schema: Schema): fc.Arbitrary<Sent> {
  return nearly(values, schema).map((value) => ({
    headers: { 'content-type': JSON_TYPE },
    body: JSON.stringify(value) ?? '',
  }))
}

/** A body that keeps its schema, or one with one thing changed in it. */
function nearly(values: Values, schema: Schema): fc.Arbitrary<unknown> {
  const right = values.of(schema)
  const names = Object.keys(values.resolve(schema).properties ?? {})
  const key = fc.constantFrom(...names, 'id', 'created', 'owner_id', 'colour', '__proto__')
  const changed = fc.tuple(right, key, trouble).map(([body, name, value]) => {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return value
    return Object.fromEntries([...Object.entries(body), [name, value]])
  })
  const without = fc.tuple(right, key).map(([body, name]) => {
    if (typeof body !== 'object' || body === null) return body
    return Object.fromEntries(Object.entries(body).filter(([one]) => one !== name))
  })
  return fc.oneof(
    { weight: 4, arbitrary: right },
    { weight: 4, arbitrary: changed },
    { weight: 1, arbitrary: without },
    { weight: 1, arbitrary: trouble },
  )
}

function form(values: Values, schema: Schema): fc.Arbitrary<Sent> {
  const file = fc.oneof(
    fc.constant(PIXEL),
    fc.uint8Array({ maxLength: 200 }),
    fc.constant(undefined),
  )
  const name = fc.constantFrom('owl.png', 'owl.PNG', '../owl.png', '', 'x.html', '🦉.gif', 'blob')
  return fc.tuple(nearly(values, schema), file, name).map(([fields, bytes, fileName]) => {
    const body = new FormData()
    const entries = typeof fields === 'object' && fields !== null ? Object.entries(fields) : []
    for (const [field, value] of entries) {
      if (field === 'file') continue
      body.append(
        wellFormed(field),
        wellFormed(typeof value === 'string' ? value : (JSON.stringify(value) ?? '')),
      )
    }
    if (bytes) body.append('file', new Blob([new Uint8Array(bytes)]), fileName)
    return { headers: {}, body }
  })
}

function raw(type: string): fc.Arbitrary<Sent> {
  const headers = { 'content-type': type.includes('*') ? 'application/octet-stream' : type }
  return fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((body) => ({ headers, body: new Uint8Array(body) })),
    fc
      .array(fc.array(fc.constantFrom(...TRICKY_TEXTS, 'n_answers', '3', '"a'), { maxLength: 4 }), {
        maxLength: 4,
      })
      .map((rows) => ({ headers, body: rows.map((row) => row.join(',')).join('\n') })),
    fc
      .array(trouble, { maxLength: 4 })
      .map((rows) => ({ headers, body: rows.map((row) => JSON.stringify(row)).join('\n') })),
  )
}

function fill(path: string, parameters: Parameter[], place: readonly string[]): string {
  return parameters.reduce(
    (filled, { name }, at) => filled.replace(`{${name}}`, () => place[at] || '-'),
    path,
  )
}

/** An address and a form hold no half characters. */
function wellFormed(text: string): string {
  return text.toWellFormed()
}
