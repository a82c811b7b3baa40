import { z } from 'zod'
import type { Operation } from '../http/endpoint.ts'
import { pathParameters } from './path.ts'

const VERBS = { post: 'create', put: 'update', patch: 'update', delete: 'delete' } as const

/** `GET /api/task` -> `listTasks`, `PUT /api/task/{id}` -> `updateTask`,
 *  `GET /api/projects/{shortName}/exports` -> `listProjectsExports`. */
export function operationIdOf({ method, path, endpoint }: Operation): string {
  if (endpoint.operationId) return endpoint.operationId
  const isList = endpoint.list !== undefined || endpoint.answer instanceof z.ZodArray
  const verb = method === 'get' ? (isList ? 'list' : 'get') : VERBS[method]
  const bare = pathParameters(path).reduce((rest, { text }) => rest.replace(text, ''), path)
  const words = bare
    .replace(/^\/api\//, '')
    .split(/[/\-_.*]+/)
    .filter(Boolean)
  const nouns = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
  return verb + (isList ? plural(nouns) : nouns)
}

function plural(noun: string): string {
  if (noun.endsWith('s')) return noun
  return noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`
}
