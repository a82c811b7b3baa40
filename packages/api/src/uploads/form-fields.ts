import { ValidationError } from '@manyhands/shared/errors/errors'
import type { TextParts } from './read-form.ts'
import type { FormFields, UploadRules } from './upload-rules.ts'

/** The texts of a form as a JSON body would have them (rest-api.md section 6). Throws ValidationError
 *  naming the field. */
export function toFields(
  texts: TextParts,
  { numbers = [], flags = [] }: Pick<UploadRules, 'numbers' | 'flags'>,
): FormFields {
  const fields: FormFields = {}
  for (const [name, text] of texts) {
    // A browser's empty file input, which has no file.
    if (name === 'file') continue
    const value = toValue(name, text, numbers, flags)
    // Not an assignment: `__proto__` is a field like any other, and refused as an unknown one later.
    Object.defineProperty(fields, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    })
  }
  return fields
}

function toValue(
  name: string,
  text: string,
  numbers: readonly string[],
  flags: readonly string[],
): unknown {
  if (name === 'info') return parseInfo(text)
  if (numbers.includes(name)) return parseNumber(name, text)
  if (!flags.includes(name)) return text
  if (!/^(true|false)$/i.test(text)) throw wrong(name, 'must be true or false')
  return text.toLowerCase() === 'true'
}

function parseInfo(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw wrong('info', 'must be JSON')
  }
}

function parseNumber(name: string, text: string): number {
  const isId = name.endsWith('_id')
  const number = /^\s*$/.test(text) ? Number.NaN : Number(text)
  if (!Number.isFinite(number)) throw wrong(name, 'must be a number')
  if (isId && !Number.isInteger(number)) throw wrong(name, 'must be a whole number')
  return number
}

function wrong(field: string, message: string): ValidationError {
  return new ValidationError(`${field}: ${message}`, 'value', [{ field, message }])
}
