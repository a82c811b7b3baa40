import type { z } from 'zod'
import { stackOfThisRun } from './stack.ts'

/** A script: nothing but `fetch`, and cookies of its own like a browser's. */
export class ApiClient {
  readonly #cookies = new Map<string, string>()
  readonly #apiKey: string | undefined

  /** Without a key the caller is anonymous until the platform gives it a cookie. */
  constructor(apiKey?: string) {
    this.#apiKey = apiKey
  }

  get<T extends z.ZodType>(path: string, answer: T): Promise<z.infer<T>> {
    return this.#json('GET', path, undefined, answer)
  }

  post<T extends z.ZodType>(path: string, body: unknown, answer: T): Promise<z.infer<T>> {
    return this.#json('POST', path, body, answer)
  }

  put<T extends z.ZodType>(path: string, body: unknown, answer: T): Promise<z.infer<T>> {
    return this.#json('PUT', path, body, answer)
  }

  /** The response as it came, whatever its status. `path` may be a whole address. */
  async send(method: string, path: string, body?: unknown): Promise<Response> {
    const isForm = body instanceof FormData
    const cookie = Array.from(this.#cookies, ([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(new URL(path, stackOfThisRun().url), {
      method,
      headers: {
        ...(cookie && { cookie }),
        ...(this.#apiKey && { authorization: this.#apiKey }),
        ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      this.#cookies.set(name, value)
    }
    return response
  }

  async #json<T extends z.ZodType>(
    method: string,
    path: string,
    body: unknown,
    answer: T,
  ): Promise<z.infer<T>> {
    const response = await this.send(method, path, body)
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return answer.parse(JSON.parse(text))
  }
}
