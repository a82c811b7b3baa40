/** What one browser would keep of the cookies of one site: names and values, nothing that expires. */
export class CookieJar {
  readonly #cookies = new Map<string, string>()

  /** The value of a `Cookie` header; empty while there is none. */
  get header(): string {
    return Array.from(this.#cookies, ([name, value]) => `${name}=${value}`).join('; ')
  }

  /** Keeps what a response sets (RFC 6265, section 5.2: the part before the first semicolon). */
  keep(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const equals = pair.indexOf('=')
      if (equals > 0) this.#cookies.set(pair.slice(0, equals).trim(), pair.slice(equals + 1).trim())
    }
  }
}
