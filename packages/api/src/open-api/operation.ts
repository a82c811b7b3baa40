import { z } from 'zod'
import { isTagged } from '../http/delivery.ts'
import type { Answer, Content, Operation } from '../http/endpoint.ts'
import { listParameters } from './list-parameters.ts'
import { operationIdOf } from './operation-id.ts'
import { pathParameters } from './path.ts'
import { accessOf, refusalReference, refusalsOf } from './refusals.ts'
import type { Json, Schemas } from './schemas.ts'

const MEANINGS: Record<string, string> = {
  id: 'The id.',
  shortName: "The project's short name.",
}
const ID = { type: 'integer', minimum: 0, maximum: 2_147_483_647 }
const ACCOUNT = [{ apiKey: [] }, { apiKeyArgument: [] }, { session: [] }]

/** One endpoint in the words of OpenAPI. */
export function describeOperation(operation: Operation, schemas: Schemas): Json {
  const { endpoint, tag, effects } = operation
  const access = accessOf(operation)
  const parameters = [
    ...pathParametersOf(operation, schemas),
    ...(endpoint.list ? listParameters(endpoint.list) : []),
    ...parametersIn('query', endpoint.query, schemas),
    ...parametersIn('header', endpoint.headers, schemas),
  ]
  const answered = {
    ...effects.answers,
    ...successOf(operation),
    ...unchangedOf(operation),
    ...endpoint.answers,
  }
  const responses = {
    ...Object.fromEntries(
      Object.entries(answered).map(([status, answer]) => [
        status,
        describeAnswer(answer as Answer, effects.headers ?? {}, schemas),
      ]),
    ),
    ...Object.fromEntries(
      refusalsOf(operation).map((status) => [status, refusalReference(status)]),
    ),
  }
  return {
    operationId: operationIdOf(operation),
    summary: endpoint.summary,
    ...(endpoint.description && { description: endpoint.description }),
    tags: [tag],
    security: access === 'public' || access === 'guest' ? [{}, ...ACCOUNT] : ACCOUNT,
    ...(parameters.length > 0 && { parameters }),
    ...(endpoint.body && {
      requestBody: { required: true, content: describeContent(endpoint.body, 'input', schemas) },
    }),
    responses,
  }
}

function successOf({ endpoint: { answer } }: Operation): Record<number, Answer> {
  if (answer === null) return {}
  if (answer === undefined) return { 204: { description: 'Done.' } }
  return { 200: { description: 'Done.', content: answer } }
}

function unchangedOf({ method, path }: Operation): Record<number, Answer> {
  if (method !== 'get' || !isTagged(path.replace(/:\w+(\{[^}]*\})?/g, '1'))) return {}
  return { 304: { description: 'Unchanged since the answer with the tag in `If-None-Match`.' } }
}

function pathParametersOf({ path, tag, endpoint }: Operation, schemas: Schemas): Json[] {
  return pathParameters(path).map(({ name, pattern }) => {
    const contract = endpoint.params?.[name]
    const { description, ...schema } = contract
      ? schemas.of(contract, 'input')
      : pattern === '[0-9]+'
        ? { ...ID }
        : { type: 'string', ...(pattern && { pattern: `^(?:${pattern})$` }) }
    const meaning = MEANINGS[name] ?? `The ${tag}'s ${name}.`
    return { name, in: 'path', required: true, description: description ?? meaning, schema }
  })
}

function parametersIn(place: string, contract: z.ZodObject | undefined, schemas: Schemas): Json[] {
  if (!contract) return []
  const { properties, required } = schemas.of(contract, 'input') as {
    properties: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: place,
    required: required?.includes(name) ?? false,
    ...(description !== undefined && { description }),
    schema,
  }))
}

function describeAnswer(
  { description, content, headers }: Answer,
  usual: Record<string, string>,
  schemas: Schemas,
): Json {
  return {
    description,
    headers: {
      'X-Request-Id': { $ref: '#/components/headers/X-Request-Id' },
      ...Object.fromEntries(
        Object.entries({ ...usual, ...headers }).map(([name, meaning]) => [
          name,
          { description: meaning, schema: { type: 'string' } },
        ]),
      ),
    },
    ...(content && { content: describeContent(content, 'output', schemas) }),
  }
}

function describeContent(content: Content, side: 'input' | 'output', schemas: Schemas): Json {
  if (typeof content === 'string') return { [content]: {} }
  if (content instanceof z.ZodType)
    return { 'application/json': { schema: schemas.of(content, side) } }
  return Object.fromEntries(
    Object.entries(content).map(([type, contract]) => [
      type,
      contract ? { schema: schemas.of(contract, side) } : {},
    ]),
  )
}
