import { type ListField, type ListShape, MAX_LIMIT } from '@manyhands/shared/db/list'
import type { Json } from './schemas.ts'

const INTEGER = { type: 'integer', minimum: -2_147_483_648, maximum: 2_147_483_647 }
const FLAG = { type: 'string', enum: ['true', 'false', '1', '0', 'yes', 'no', 'on', 'off'] }

/** How a filter on a field of each kind is written (rest-api.md section 3.3). */
const FILTERS: Record<ListField['kind'], { schema: Json; meaning: string }> = {
  int: { schema: INTEGER, meaning: 'Equal to this.' },
  number: { schema: { type: 'number' }, meaning: 'Equal to this.' },
  bool: { schema: FLAG, meaning: 'Equal to this.' },
  text: { schema: { type: 'string' }, meaning: 'Equal to this, upper and lower case matter.' },
  moment: {
    schema: {
      type: 'string',
      pattern: '^\\d',
    },
    meaning: 'In this year, month, day, hour, … (the beginning of an ISO time, UTC).',
  },
  json: {
    schema: { type: 'string' },
    meaning:
      '`key::value`, several joined by `|`; or a JSON object or array to be contained; or a text.',
  },
  ints: {
    schema: { type: 'string', pattern: '^\\{(\\d+(,\\d+)*)?\\}$' },
    meaning: 'Equal to this list, written `{1,2}`.',
  },
  favourites: { schema: { type: 'string' }, meaning: 'Accepted and ignored.' },
  'parent-ids': {
    schema: { type: 'string', pattern: '\\d' },
    meaning: 'Of this, or of one of these: `1`, `1,2` and `[1,2]` all work.',
  },
}

/** The query arguments of a list: what `parseListQuery` reads. */
export function listParameters(shape: ListShape): Json[] {
  const names = Object.keys(shape.fields)
  const filters = Object.entries(shape.fields).map(([name, { kind, ownersOnly }]) => {
    const { schema, meaning } = FILTERS[kind]
    const limit = ownersOnly ? ' Only among your own, or for admins.' : ''
    return query(name, schema, meaning + limit)
  })
  return [
    ...filters,
    query(
      'limit',
      { type: 'integer', minimum: 0, default: 20 },
      `How many at most; more than ${MAX_LIMIT} are cut to ${MAX_LIMIT}.`,
    ),
    query('offset', { type: 'integer', minimum: 0, default: 0 }, 'How many to leave out first.'),
    query(
      'last_id',
      INTEGER,
      'Only what has a larger id than this: the way to page through all. Switches `offset` and `desc` off.',
    ),
    query('orderby', { type: 'string', enum: names, default: 'id' }, 'The field to sort by.'),
    query('desc', { ...FLAG, default: 'false' }, 'Largest first.'),
    query(
      'fulltextsearch',
      { type: 'string' },
      'With `1`, `info=key::words` finds the words in any form, the best hit first; `&`, `<->`, `!` and `:*` work.',
    ),
    query('related', { type: 'string' }, 'With any value: what belongs to each object is in it.'),
    query(
      'all',
      { type: 'string' },
      'With `1` a signed-in caller gets what belongs to others, too.',
    ),
  ]
}

function query(name: string, schema: Json, description: string): Json {
  return { name, in: 'query', required: false, description, schema }
}
