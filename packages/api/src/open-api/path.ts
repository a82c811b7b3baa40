export interface PathParameter {
  name: string
  /** The regular expression that it must match, where the path names one. */
  pattern: string | undefined
  /** As it stands in the path. */
  text: string
}

// A pattern may hold one level of braces: `:day{[0-9]{4}}`.
const PARAMETER = /:(\w+)(?:\{((?:[^{}]|\{[^{}]*\})*)\})?\??/g

/** The parameters of one of Hono's path patterns. */
export function pathParameters(path: string): PathParameter[] {
  return [...path.matchAll(PARAMETER)].map(([text, name = '', pattern]) => ({
    name,
    pattern,
    text,
  }))
}

/** `/api/task/:id{[0-9]+}` -> `/api/task/{id}`. */
export function documentPath(path: string): string {
  return path.replace(PARAMETER, '{$1}')
}
