/** The PostgreSQL error inside whatever the driver or Drizzle threw, if there is one. */
export function databaseError(
  error: unknown,
): { code: string; constraint_name?: string; column_name?: string; message: string } | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') return cause as never
  }
  return undefined
}

const CONNECTION_CODES = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
  '08000',
  '08001',
  '08003',
  '08004',
  '08006',
  '53300', // too_many_connections
])

/** The server is away or going away: the same query may work on another server, or later here. */
export function isConnectionFailure(error: unknown): boolean {
  const code = databaseError(error)?.code
  return code !== undefined && CONNECTION_CODES.has(code)
}

/** A query on a replica was cancelled because replay needed what it was reading. */
export function isReplayConflict(error: unknown): boolean {
  const code = databaseError(error)?.code
  return code === '40001' || code === '40P01'
}

export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const cause = databaseError(error)
  return (
    cause?.code === '23505' && (constraint === undefined || cause.constraint_name === constraint)
  )
}
