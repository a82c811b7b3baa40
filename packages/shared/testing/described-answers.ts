import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

// biome-ignore lint/suspicious/noExplicitAny: a document of any shape
type Json = any

/** The answers that an API description allows: the statuses, the content types and the bodies. An object
 *  of an answer may hold nothing that its contract does not name. */
export class DescribedAnswers {
  readonly #document: Json
  readonly #ajv = new Ajv2020({ strict: false, allErrors: false })
  readonly #compiled = new WeakMap<object, ValidateFunction>()

  constructor(document: object) {
    this.#document = close(structuredClone(document))
    addFormats.default(this.#ajv)
    this.#ajv.addSchema({ components: this.#document.components }, 'api')
  }

  /** What is wrong with an answer; `path` as the description writes it, undefined where it has none. */
  async faultOf(
    method: string,
    path: string | undefined,
    response: Response,
  ): Promise<string | undefined> {
    if (method === 'OPTIONS') return undefined
    const operation = this.#operation(method === 'HEAD' ? 'get' : method.toLowerCase(), path)
    const { status } = response
    const answer = operation ? this.#answer(operation, status) : this.#refusal
    if (!answer) return 'the status is not described (add `access`, `refuses` or `answers`)'
    if (method === 'HEAD') return undefined
    const described = Object.keys(answer.content ?? {})
    if (described.length === 0)
      return (await response.text()) === '' ? undefined : 'there is a body, and none is described'
    const type = response.headers.get('content-type')?.replace(/;.*/, '') ?? ''
    const found = described.find((one) => one === type || one === '*/*')
    if (!found) return `it is ${type || 'without a type'}, described is ${described.join(', ')}`
    if (type !== 'application/json') {
      void response.body?.cancel()
      return undefined
    }
    return this.#validate(answer.content[found].schema, await response.json())
  }

  #operation(method: string, path: string | undefined): Json {
    return path && this.#document.paths[path]?.[method]
  }

  #answer(operation: Json, status: number): Json {
    return this.#follow(operation.responses[status])
  }

  /** Of a path that is none of the API's. */
  get #refusal(): Json {
    return this.#document.components.responses.NotFound
  }

  #validate(schema: Json, body: unknown): string | undefined {
    if (!schema) return undefined
    let check = this.#compiled.get(schema)
    if (!check) {
      check = this.#ajv.compile(absolute(schema))
      this.#compiled.set(schema, check)
    }
    if (check(body)) return undefined
    const [error] = check.errors ?? []
    const { additionalProperty } = (error?.params ?? {}) as { additionalProperty?: string }
    const what = additionalProperty ? ` (${additionalProperty})` : ''
    return `body${error?.instancePath ?? ''} ${error?.message}${what}: ${JSON.stringify(body)?.slice(0, 300)}`
  }

  #follow(node: Json): Json {
    if (!node?.$ref) return node
    const [, ...steps] = (node.$ref as string).split('/')
    return steps.reduce((at, step) => at?.[step], this.#document)
  }
}

/** Objects that are open for clients' sake are closed here, or a leak would go unseen. */
function close(node: Json): Json {
  if (typeof node !== 'object' || node === null) return node
  if (node.type === 'object' && node.properties && node.additionalProperties === undefined)
    node.additionalProperties = false
  for (const part of Object.values(node)) close(part)
  return node
}

/** References within the document, for a schema that stands outside of it. */
function absolute(schema: Json): Json {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"api#/'))
}
