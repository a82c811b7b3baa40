import type { Routes } from '../http/routes.ts'
import { EXAMPLES } from './examples.ts'
import { describeOperation } from './operation.ts'
import { documentPath } from './path.ts'
import { refusalComponents } from './refusals.ts'
import { type Json, Schemas } from './schemas.ts'

const VERSION = '0.1.0'

const DESCRIPTION = `Projects, tasks, task runs and results of a crowdsourcing platform. Clients of PYBOSSA work with it.

- A list is a bare JSON array. \`limit\` is 20 unless given, and 100 at most; page with \`last_id\`.
- Signed-in callers get from lists what belongs to their own projects, and everything with \`all=1\`.
- Times are UTC, \`YYYY-MM-DDTHH:MM:SS.ffffff\`, without a zone.
- \`PUT\` changes only the fields that are sent; an object may be sent back whole.
- Every \`GET\` answers \`HEAD\` with the same headers.
- Each answer names the request in \`X-Request-Id\`; an error body names it in \`request_id\`.`

/** The OpenAPI document of everything that is registered. */
export function describeApi(concepts: Routes[]): Json {
  const schemas = new Schemas()
  const paths: Record<string, Json> = {}
  const tags = new Map<string, string>()
  for (const { tag, description, operations } of concepts) {
    tags.set(tag, tags.get(tag) || description)
    for (const operation of operations) {
      const path = documentPath(operation.path)
      paths[path] = {
        ...paths[path],
        [operation.method]: describeOperation(operation, schemas),
      }
    }
  }
  const responses = refusalComponents(schemas)
  return {
    openapi: '3.1.0',
    info: {
      title: 'Manyhands',
      version: VERSION,
      description: DESCRIPTION,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: [...tags].map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: withExamples(schemas.components()),
      responses,
      headers: HEADERS,
      securitySchemes: SECURITY,
    },
  }
}

function withExamples(components: Record<string, Json>): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(components).map(([id, schema]) => [
      id,
      Object.hasOwn(EXAMPLES, id) ? { ...schema, examples: [EXAMPLES[id]] } : schema,
    ]),
  )
}

const HEADERS = {
  'X-Request-Id': {
    description: 'The name of this request in the log.',
    schema: { type: 'string' },
  },
  'Retry-After': {
    description: 'How many seconds to wait before the next try.',
    schema: { type: 'integer', minimum: 0 },
  },
}

const SECURITY = {
  apiKey: {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description: 'The API key alone, without a scheme word.',
  },
  apiKeyArgument: {
    type: 'apiKey',
    in: 'query',
    name: 'api_key',
    description: 'The API key; not read where there is an `Authorization` header.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'mh_session',
    description: 'Set by signing in.',
  },
}
