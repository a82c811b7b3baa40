import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider, { type KoaContext } from 'oidc-provider'

export interface Claims {
  email?: string
  email_verified?: boolean
  preferred_username?: string
  name?: string
}

/** A real OpenID Connect provider on this machine. Whoever comes is signed in there as `person`. */
export class LocalProvider {
  person = { subject: 'nobody', claims: {} as Claims }
  /** How often somebody asked for its addresses. */
  discoveries = 0
  readonly issuer: string
  readonly #server: Server

  private constructor(server: Server) {
    this.#server = server
    this.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const provider = this.#provider()
    const handle = provider.callback()
    server.on('request', (request, response) => {
      if (request.url?.startsWith('/.well-known/')) this.discoveries++
      if (!request.url?.startsWith('/interaction/')) return handle(request, response)
      const result = { login: { accountId: this.person.subject } }
      return void provider.interactionFinished(request, response, result)
    })
  }

  static async start(): Promise<LocalProvider> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return new LocalProvider(server)
  }

  get settings(): Record<string, string> {
    return {
      OIDC_ISSUER_URL: this.issuer,
      OIDC_CLIENT_ID: 'manyhands',
      OIDC_CLIENT_SECRET: 'known to the tests',
      OIDC_NAME: 'Example accounts',
    }
  }

  /** Goes where a browser would go, from the address that we sent it to until it is sent back to us.
   *  Returns that address. */
  async visit(url: string): Promise<URL> {
    const cookies = new Map<string, string>()
    let at = new URL(url)
    for (let step = 0; step < 10; step++) {
      if (at.origin !== this.issuer) return at
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const answer = await fetch(at, { redirect: 'manual', headers: { cookie } })
      for (const set of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
        cookies.set(name, value)
      }
      const next = answer.headers.get('location')
      if (!next) throw new Error(`the provider stopped: ${answer.status} ${await answer.text()}`)
      at = new URL(next, at)
    }
    throw new Error('the provider went round in circles')
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #provider(): Provider {
    const { OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = this.settings
    return new Provider(this.issuer, {
      clients: [
        {
          client_id: OIDC_CLIENT_ID,
          client_secret: OIDC_CLIENT_SECRET,
          redirect_uris: ['http://localhost:3000/api/session/oidc/callback'],
        },
      ],
      pkce: { required: () => true },
      cookies: { keys: ['only for tests'] },
      claims: { profile: ['name', 'preferred_username'], email: ['email', 'email_verified'] },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
      findAccount: (_: unknown, sub: string) => ({
        accountId: sub,
        claims: () => ({ sub, ...this.person.claims }),
      }),
      async loadExistingGrant({ oidc }: KoaContext) {
        const grant = new oidc.provider.Grant({
          clientId: oidc.client.clientId,
          accountId: oidc.session.accountId,
        })
        grant.addOIDCScope('openid email profile')
        await grant.save()
        return grant
      },
    })
  }
}
