import ldap, { type Server } from 'ldapjs'

export interface Entry {
  uid: string
  password: string
  mail?: string
  cn?: string
}

export const BASE = 'ou=people,dc=example,dc=org'
const SERVICE = { dn: 'cn=reader,dc=example,dc=org', password: 'reader’s own' }

/** A real LDAP server on this machine, with the entries that a test gives it. */
export class LocalDirectory {
  readonly entries: Entry[] = []
  /** Whom somebody tried to bind as. */
  readonly binds: string[] = []
  /** The filters that were asked for. */
  readonly filters: string[] = []
  readonly #server: Server

  private constructor() {
    const server = ldap.createServer()
    this.#server = server
    let reader = false
    server.bind('dc=example,dc=org', (request, response, next) => {
      const dn = request.dn.toString()
      this.binds.push(dn)
      reader = dn === SERVICE.dn && request.credentials === SERVICE.password
      const person = this.entries.find((entry) => dnOf(entry) === dn)
      if (!reader && person?.password !== request.credentials) {
        return next(new ldap.InvalidCredentialsError())
      }
      response.end()
      return next()
    })
    server.search(BASE, (request, response, next) => {
      this.filters.push(request.filter.toString())
      if (!reader) return next(new ldap.InsufficientAccessRightsError())
      for (const { password: _, ...attributes } of this.entries) {
        const entry = { ...attributes, objectclass: 'person' }
        if (request.filter.matches(entry)) {
          response.send({ dn: dnOf(attributes), attributes: entry })
        }
      }
      response.end()
      return next()
    })
  }

  static async start(): Promise<LocalDirectory> {
    const directory = new LocalDirectory()
    await new Promise<void>((resolve) => directory.#server.listen(0, '127.0.0.1', resolve))
    return directory
  }

  get settings(): Record<string, string> {
    return {
      LDAP_URL: `ldap://127.0.0.1:${this.#server.port}`,
      LDAP_BASE_DN: BASE,
      LDAP_BIND_DN: SERVICE.dn,
      LDAP_BIND_PASSWORD: SERVICE.password,
    }
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }
}

function dnOf({ uid }: { uid: string }): string {
  return `uid=${uid},${BASE}`
}
