import { z } from 'zod'

export type Json = { [key: string]: unknown }
/** A contract seen by who sends it, or by who receives it: defaults and conversions make them differ. */
type Side = 'input' | 'output'

const HERE = '#/$defs/'
const COMPONENTS = '#/components/schemas/'

/** The contracts of one API description as JSON Schema. Those with an id become components. */
export class Schemas {
  readonly #named = { input: new Map<string, Json>(), output: new Map<string, Json>() }
  readonly #made: { schema: Json; side: Side }[] = []

  of(contract: z.ZodType, side: Side): Json {
    // Wrapped, so that a contract with an id is referred to and not written out here.
    const { properties, $defs = {} } = z.toJSONSchema(z.object({ it: contract }), {
      io: side,
      unrepresentable: 'any',
      override: ({ zodSchema, jsonSchema }) => tidy(zodSchema, jsonSchema as Json),
    })
    for (const [id, { id: _, ...schema }] of Object.entries($defs as Record<string, Json>)) {
      if (this.#named[side].has(id)) continue
      this.#named[side].set(id, schema)
      this.#made.push({ schema, side })
    }
    const schema = properties?.it as Json
    this.#made.push({ schema, side })
    return schema
  }

  /** To be called last: gives the components, and makes all that `of` returned refer to them. */
  components(): Record<string, Json> {
    const { input, output } = this.#named
    const differs = (id: string) =>
      output.has(id) && JSON.stringify(output.get(id)) !== JSON.stringify(input.get(id))
    const names = new Map([...input.keys()].map((id) => [id, differs(id) ? `${id}Sent` : id]))
    for (const { schema, side } of this.#made) {
      redirect(schema, (id) => (side === 'input' ? (names.get(id) ?? id) : id))
    }
    return Object.fromEntries(
      [...[...input].map(([id, schema]) => [names.get(id) ?? id, schema] as const), ...output].sort(
        ([a], [b]) => a.localeCompare(b),
      ),
    )
  }
}

function tidy(contract: z.core.$ZodType, schema: Json): void {
  // An answer may get new fields without becoming another one: only strict objects are closed.
  if (contract instanceof z.ZodObject && contract.def.catchall === undefined)
    delete schema.additionalProperties
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum
}

function redirect(schema: unknown, rename: (id: string) => string): void {
  if (typeof schema !== 'object' || schema === null) return
  const { $ref } = schema as Json
  if (typeof $ref === 'string' && $ref.startsWith(HERE))
    (schema as Json).$ref = COMPONENTS + rename($ref.slice(HERE.length))
  for (const part of Object.values(schema)) redirect(part, rename)
}
