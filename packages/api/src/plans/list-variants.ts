import type { ListShape } from '@manyhands/shared/db/list'

/** Who asks, and the arguments that say of what. */
export interface Variant {
  who: 'anonymous' | 'largestOwner' | 'manyOwner' | 'admin'
  path: string
  /** The list may be too large for what is asked: a clear refusal is an answer as well. */
  refused: boolean
}

/** Values of each field that fit many rows, few rows and none. */
export type Values = Record<string, string[]>

const SCOPES: Array<[who: Variant['who'], scope: string, isLarge: boolean]> = [
  ['anonymous', 'project_id=1', true],
  ['anonymous', 'project_id=2', true],
  ['anonymous', 'project_id=12', false],
  ['anonymous', 'project_id=1,2,3,12,13', true],
  ['anonymous', '', true],
  ['largestOwner', '', true],
  ['manyOwner', '', false],
  ['admin', 'all=1', true],
]

/** Every order and every filter of a list, by everybody, and pages far behind. */
export function listVariants(endpoint: string, shape: ListShape, values: Values): Variant[] {
  return SCOPES.flatMap(([who, scope, isLarge]) => {
    const variant = (query: string, refused = false): Variant => ({
      who,
      path: `/api/${endpoint}?${[scope, query].filter(Boolean).join('&')}`,
      refused: refused && isLarge,
    })
    const fields = Object.entries(shape.fields)
    return [
      variant(''),
      variant('limit=100&desc=true'),
      variant('last_id=500000'),
      variant('offset=50000'),
      variant('related=1&limit=100'),
      ...fields.flatMap(([name, field]) =>
        ['', '&desc=true', '&offset=200&limit=100'].map((more) =>
          variant(`orderby=${name}${more}`, field.unordered ?? false),
        ),
      ),
      ...fields.flatMap(([name, field]) =>
        (values[name] ?? []).map((value) => {
          const rare = /unicorn|none/.test(value)
          return variant(`${name}=${encodeURIComponent(value)}`, (field.walked ?? false) && rare)
        }),
      ),
    ]
  })
}
