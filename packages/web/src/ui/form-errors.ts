import { ApiError } from '@manyhands/shared/client/api-errors'
import type { z } from 'zod'
import { describeFailure } from './failure.tsx'
import { asSentence } from './sentence.ts'

export type FieldErrors = Record<string, string>

/** Checks a form with the schema that the server uses too: field name to what is wrong. */
export function validateWith(schema: z.ZodType): (values: unknown) => FieldErrors {
  return (values) => {
    const result = schema.safeParse(values)
    if (result.success) return {}
    return collect(
      result.error.issues.map(({ path, message }) => ({ field: path.join('.'), message })),
    )
  }
}

/** What the server said about a form: per field where it names the field, else about all of it. */
export function readServerErrors(error: unknown): { fields: FieldErrors; general: string | null } {
  if (!error) return { fields: {}, general: null }
  const fields = error instanceof ApiError ? collect(error.issues) : {}
  if (Object.keys(fields).length > 0) return { fields, general: null }
  if (error instanceof ApiError && error.status < 500 && error.status !== 429) {
    return { fields, general: asSentence(error.message) }
  }
  const { title, detail } = describeFailure(error)
  return { fields, general: `${title}. ${detail}` }
}

/** The first thing wrong with a field is enough to go on with. */
function collect(issues: { field: string; message: string }[]): FieldErrors {
  const errors: FieldErrors = {}
  for (const { field, message } of issues) errors[field] ??= asSentence(message)
  return errors
}
