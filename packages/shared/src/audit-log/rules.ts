/** One attribute that differs between two states of an object. */
export interface AttributeChange {
  attribute: string
  oldValue: unknown
  newValue: unknown
}

/** Their values are never written down, only that they changed. */
const SECRETS = ['secret_key', 'password', 'webhook_secret']
/** Moves by itself. */
const SILENT = ['updated']

/** What differs between two states of an object, by wire names. `info` counts by its first-level keys,
 *  removed ones too (behaviour.md section 2.13). */
export function changedAttributes(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): AttributeChange[] {
  return differing(flat(before), flat(after))
    .filter(({ attribute }) => !SILENT.includes(attribute))
    .map((change) =>
      SECRETS.includes(change.attribute)
        ? { ...change, oldValue: undefined, newValue: undefined }
        : change,
    )
}

function flat({ info, ...rest }: Record<string, unknown>): Record<string, unknown> {
  if (typeof info !== 'object' || info === null || Array.isArray(info)) return { ...rest }
  const keys = Object.entries(info).map(([key, value]) => [`info.${key}`, value])
  return { ...rest, ...Object.fromEntries(keys) }
}

function differing(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): AttributeChange[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].flatMap((attribute) => {
    const oldValue = before[attribute]
    const newValue = after[attribute]
    return isSame(oldValue, newValue) ? [] : [{ attribute, oldValue, newValue }]
  })
}

/** Equal as JSON, however the keys are ordered: PostgreSQL orders them anew. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const one = a as Record<string, unknown>
  const other = b as Record<string, unknown>
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isSame(one[key], other[key]))
  )
}
