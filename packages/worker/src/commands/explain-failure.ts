import { databaseError, isConnectionFailure } from '@manyhands/shared/db/failures'
import { AppError, ConflictError } from '@manyhands/shared/errors/errors'
import { UsageError } from './usage-error.ts'

const UNDEFINED_TABLE = '42P01'
const WRONG_PASSWORD = new Set(['28P01', '28000'])
const NO_DATABASE = '3D000'

/** What went wrong and what to do about it, for whoever typed the command. */
export function explainFailure(error: unknown): string {
  if (error instanceof ConflictError && error.field) return `${error.field}: ${error.message}`
  // The status is the wire's business.
  if (error instanceof AppError) return error.message.replace(/^404 Not Found: /, '')
  if (error instanceof UsageError) return error.message
  const cause = databaseError(error)
  if (isConnectionFailure(error)) {
    return `The database does not answer (${cause?.code}). Does it run, and is DATABASE_URL right?`
  }
  if (cause?.code === UNDEFINED_TABLE) {
    return 'The database is not up to date. Run `npm run cli -- migrate` first.'
  }
  if (cause && WRONG_PASSWORD.has(cause.code)) {
    return 'The database refuses the user or password of DATABASE_URL.'
  }
  if (cause?.code === NO_DATABASE) return 'The database that DATABASE_URL names does not exist.'
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
