// Servers that tests run against and that come without types: what the tests use of them.

declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http'

  interface KoaContext {
    oidc: {
      provider: { Grant: new (of: { clientId: string; accountId: string }) => Grant }
      client: { clientId: string }
      session: { accountId: string }
    }
  }
  interface Grant {
    addOIDCScope(scope: string): void
    save(): Promise<string>
  }

  // biome-ignore lint/style/noDefaultExport: as the package has it
  export default class Provider {
    constructor(issuer: string, configuration: object)
    callback(): (request: IncomingMessage, response: ServerResponse) => void
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: object,
    ): Promise<void>
  }
  export type { KoaContext }
}

declare module 'ldapjs' {
  interface Request {
    dn: { toString(): string }
    credentials: string
    filter: { toString(): string; matches(attributes: object): boolean }
  }
  interface Response {
    send(entry: { dn: string; attributes: object }): void
    end(): void
  }
  type Handler = (request: Request, response: Response, next: (error?: Error) => void) => void
  interface Server {
    bind(dn: string, handler: Handler): void
    search(dn: string, handler: Handler): void
    listen(port: number, host: string, ready: () => void): void
    close(done?: () => void): void
    readonly port: number
  }
  const ldap: {
    createServer(options?: { certificate: string; key: string }): Server
    InvalidCredentialsError: new () => Error
    InsufficientAccessRightsError: new () => Error
  }
  // biome-ignore lint/style/noDefaultExport: as the package has it
  export default ldap
  export type { Request, Response, Server }
}
