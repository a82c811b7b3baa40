/** Anything that answers requests: a Hono app, or `fetch` against a running server. */
export type Fetch = (request: Request) => Response | Promise<Response>

export interface Answer<T> {
  status: number
  body: T
  headers: Headers
}

// biome-ignore lint/suspicious/noExplicitAny: a test asks the body for whatever it expects
export type Anything = any

/** One client of the API: an account (API key), a browser (keeps its cookies) or a script. */
export class ApiClient {
  readonly #fetch: Fetch
  readonly #base: string
  readonly #headers: Record<string, string>
  readonly #cookies = new Map<string, string>()

  constructor(fetch: Fetch, headers: Record<string, string> = {}, base = 'http://localhost:3000') {
    this.#fetch = fetch
    this.#headers = headers
    this.#base = base
  }

  get(path: string): Promise<Answer<Anything>> {
    return this.send('GET', path)
  }
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer<Anything>> {
    return this.send('POST', path, body, headers)
  }
  put(path: string, body: unknown): Promise<Answer<Anything>> {
    return this.send('PUT', path, body)
  }
  delete(path: string): Promise<Answer<Anything>> {
    return this.send('DELETE', path)
  }

  /** `body`: a text or a form is sent as it is, anything else as JSON. */
  async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<Anything>> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await this.#fetch(
      new Request(new URL(path, this.#base), {
        method,
        headers: { ...this.#headers, ...(cookie && { cookie }), ...headers },
        ...(body !== undefined && { body: isRaw(body) ? body : JSON.stringify(body) }),
      }),
    )
    for (const set of response.headers.getSetCookie()) this.#keep(set)
    const text = await response.text()
    return { status: response.status, body: parse(text), headers: response.headers }
  }

  #keep(setCookie: string): void {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(setCookie) ?? []
    if (!name) return
    if (value) this.#cookies.set(name, value)
    else this.#cookies.delete(name)
  }
}

function isRaw(body: unknown): body is string | FormData {
  return typeof body === 'string' || body instanceof FormData
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
