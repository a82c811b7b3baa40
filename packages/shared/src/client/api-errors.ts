/** The server understood the request and said no, in the contract's own words. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly requestId: string
  /** Which fields are wrong, named as in the request. */
  readonly issues: { field: string; message: string }[]
  /** When trying again makes sense, milliseconds from now; undefined where the server names none. */
  readonly retryAfterMs: number | undefined

  constructor(answer: {
    status: number
    code: string
    message: string
    requestId?: string
    issues?: { field: string; message: string }[] | undefined
    retryAfterMs?: number | undefined
  }) {
    super(answer.message)
    this.name = 'ApiError'
    this.status = answer.status
    this.code = answer.code
    this.requestId = answer.requestId ?? ''
    this.issues = answer.issues ?? []
    this.retryAfterMs = answer.retryAfterMs
  }
}

/** No answer came: offline, a dropped connection, or a server that does not respond in time. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError'
}

/** An answer came that does not keep the contract, for example a proxy's own page. */
export class ContractError extends Error {
  override readonly name = 'ContractError'
}

/** Whether the same request may well succeed later, unchanged. */
export function isTemporary(error: unknown): boolean {
  if (error instanceof NetworkError || error instanceof ContractError) return true
  return error instanceof ApiError && (error.status >= 500 || error.status === 429)
}
