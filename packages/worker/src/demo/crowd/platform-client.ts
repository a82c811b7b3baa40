import { setTimeout as sleep } from 'node:timers/promises'
import { UnavailableError } from '@manyhands/shared/errors/errors'
import { z } from 'zod'
import { CookieJar } from './cookie-jar.ts'

const TIMEOUT_MS = 30_000
const Refusal = z.object({ exception_msg: z.string(), error_code: z.string().optional() })

/** The platform said no: `status`, and the stable `code` of its error. */
export class RefusedError extends Error {
  readonly status: number
  readonly code: string | undefined
  constructor(status: number, code: string | undefined, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

/** One browser or program that calls the public API, with cookies of its own. */
export class PlatformClient {
  readonly #url: string
  readonly #jar = new CookieJar()
  readonly #say: (text: string) => void

  constructor(url: string, say: (text: string) => void) {
    this.#url = url
    this.#say = say
  }

  get<T extends z.ZodType>(path: string, answer: T): Promise<z.infer<T>> {
    return this.#request('GET', path, undefined, answer)
  }

  post<T extends z.ZodType>(path: string, body: unknown, answer: T): Promise<z.infer<T>> {
    return this.#request('POST', path, body, answer)
  }

  /** Throws RefusedError, UnavailableError. Waits as long as a rate limit asks to. */
  async #request<T extends z.ZodType>(
    method: string,
    path: string,
    body: unknown,
    answer: T,
  ): Promise<z.infer<T>> {
    for (;;) {
      const response = await this.#send(method, path, body)
      this.#jar.keep(response)
      if (response.status !== 429) return answer.parse(await read(response))
      await response.body?.cancel()
      await this.#waitForReset(response)
    }
  }

  async #send(method: string, path: string, body: unknown): Promise<Response> {
    try {
      return await fetch(new URL(path, this.#url), {
        method,
        headers: {
          ...(this.#jar.header && { cookie: this.#jar.header }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
    } catch (error) {
      throw new UnavailableError(`The platform at ${this.#url}`, { cause: error })
    }
  }

  /** `X-RateLimit-Reset` is in epoch seconds (rest-api.md section 9.1). */
  async #waitForReset(response: Response): Promise<void> {
    const reset = Number(response.headers.get('x-ratelimit-reset'))
    const waitMs = Math.max(1_000, reset * 1_000 - Date.now())
    this.#say(`Too many requests: waiting ${Math.ceil(waitMs / 1_000)} seconds`)
    await sleep(waitMs)
  }
}

async function read(response: Response): Promise<unknown> {
  if (response.ok) return response.json()
  const refusal = Refusal.safeParse(await response.json().catch(() => undefined))
  const message = refusal.success ? refusal.data.exception_msg : response.statusText
  throw new RefusedError(
    response.status,
    refusal.data?.error_code,
    `${response.status}: ${message}`,
  )
}
