import fc from 'fast-check'

/** A schema of an API description, or a part of it. */
export interface Schema {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  items?: Schema
  minItems?: number
  maxItems?: number
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  pattern?: string
  format?: string
}

/** What exists, by the name that a request calls it: `project_id`, `task`, `shortName`. */
export type Pool = Record<string, readonly (string | number)[]>

const DEPTH = 4

/** Texts that have broken programs before. */
export const TRICKY_TEXTS = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\ufeff',
  '\u202e',
  '🦉'.repeat(70),
  "'; drop table tasks; --",
  '%00',
  '../../etc/passwd',
  '{}',
  '[1]',
  'null',
  'NaN',
  '-0',
  '1e400',
  '2147483648',
  '9223372036854775808',
  '-1',
  'a'.repeat(300),
  '__proto__',
  '::',
  'a::b|c',
  'a&!b:*',
  '0001-01-01',
  '9999-99-99',
]

const TRICKY_NUMBERS = [
  0, -1, 1.5, -0, 2_147_483_647, 2_147_483_648, -2_147_483_649, 9_007_199_254_740_991, 1e20, 1e308,
  5e-324,
]

/** Values of any type, most of them troublesome. */
export const trouble: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, [], {}, [null], { a: { b: [] } }),
  fc.constantFrom(...TRICKY_TEXTS),
  fc.constantFrom(...TRICKY_NUMBERS),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.jsonValue({ maxDepth: 3 }),
)

/** Values that keep a schema, as far as the schema says it all. */
export class Values {
  readonly #root: unknown
  readonly #pool: Pool

  constructor(document: unknown, pool: Pool) {
    this.#root = document
    this.#pool = pool
  }

  /** `name`: what the value is called, to choose from what exists. */
  of(given: Schema, name = '', depth = DEPTH): fc.Arbitrary<unknown> {
    const schema = this.resolve(given)
    const known = this.#pool[name]
    const plain = this.#plain(schema, name, depth)
    return known && known.length > 0
      ? fc.oneof(
          { weight: 3, arbitrary: fc.constantFrom(...known) },
          { weight: 1, arbitrary: plain },
        )
      : plain
  }

  resolve(schema: Schema): Schema {
    if (!schema.$ref) return schema
    const [, ...steps] = schema.$ref.split('/')
    const found = steps.reduce<unknown>(
      (at, step) => (at as Record<string, unknown> | undefined)?.[step],
      this.#root,
    )
    return this.resolve((found ?? {}) as Schema)
  }

  #plain(schema: Schema, name: string, depth: number): fc.Arbitrary<unknown> {
    if ('const' in schema) return fc.constant(schema.const)
    if (schema.enum) return fc.constantFrom(...schema.enum)
    const choices = schema.anyOf ?? schema.oneOf
    if (choices) return fc.oneof(...choices.map((choice) => this.of(choice, name, depth)))
    if (schema.allOf)
      return fc
        .tuple(...schema.allOf.map((part) => this.of(part, name, depth)))
        .map((parts) => Object.assign({}, ...parts) as unknown)
    const types = [schema.type ?? (schema.properties ? 'object' : 'any')].flat()
    return fc.oneof(...types.map((type) => this.#ofType(type, schema, depth)))
  }

  #ofType(type: string, schema: Schema, depth: number): fc.Arbitrary<unknown> {
    const { minimum, maximum } = schema
    switch (type) {
      case 'null':
        return fc.constant(null)
      case 'boolean':
        return fc.boolean()
      case 'integer':
        return fc.integer({
          min: Math.ceil(Math.max(minimum ?? -1_000, -(2 ** 31))),
          max: Math.floor(Math.min(maximum ?? 100_000, 2 ** 31 - 1)),
        })
      case 'number':
        return fc.double({ min: minimum ?? -1e9, max: maximum ?? 1e9, noNaN: true })
      case 'string':
        return text(schema)
      case 'array':
        return fc.array(this.of(schema.items ?? {}, '', depth - 1), {
          minLength: schema.minItems ?? 0,
          maxLength: Math.max(schema.minItems ?? 0, Math.min(schema.maxItems ?? 3, 3)),
        })
      case 'object':
        return this.#object(schema, depth)
      default:
        return fc.jsonValue({ maxDepth: 2 })
    }
  }

  #object(schema: Schema, depth: number): fc.Arbitrary<unknown> {
    const { properties = {}, required = [], additionalProperties } = schema
    const fields = Object.entries(properties)
      .filter(([name]) => depth > 0 || required.includes(name))
      .map(([name, part]) => [name, this.of(part, name, depth - 1)] as const)
    const known = fc.record(Object.fromEntries(fields), {
      requiredKeys: required.filter((name) => Object.hasOwn(properties, name)),
    })
    if (!additionalProperties || depth <= 0) return known
    const more = typeof additionalProperties === 'object' ? additionalProperties : {}
    const key = fc.string({ minLength: 1, maxLength: 8 })
    const others = fc.dictionary(key, this.of(more, '', depth - 1), {
      maxKeys: 3,
      noNullPrototype: true,
    })
    return fc.tuple(known, others).map(([named, rest]) => ({ ...rest, ...named }))
  }
}

function text({ pattern, format, minLength = 0, maxLength }: Schema): fc.Arbitrary<string> {
  const most = Math.max(minLength, Math.min(maxLength ?? 40, 60))
  switch (format) {
    case 'email':
      return fc.stringMatching(/^[a-z]{1,12}@[a-z]{1,12}\.org$/)
    case 'uri':
      return fc.webUrl({ validSchemes: ['https'] })
    case 'uuid':
      return fc.uuid()
    case 'date-time':
      return fc.date({ noInvalidDate: true }).map((date) => date.toISOString())
  }
  if (pattern) {
    const matching = matchingPattern(pattern)
    if (matching) return matching.filter((one) => one.length >= minLength && one.length <= most)
  }
  return fc.oneof(
    { weight: 3, arbitrary: fc.string({ minLength, maxLength: most }) },
    { weight: 1, arbitrary: fc.string({ minLength, maxLength: most, unit: 'grapheme' }) },
  )
}

/** Undefined for a pattern that fast-check cannot turn round. */
function matchingPattern(pattern: string): fc.Arbitrary<string> | undefined {
  try {
    return fc.stringMatching(new RegExp(pattern), { maxLength: 40 })
  } catch {
    return undefined
  }
}
