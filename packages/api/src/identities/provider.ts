import type { Config } from '@manyhands/shared/config/config'
import {
  NotFoundError,
  UnauthenticatedError,
  UnavailableError,
} from '@manyhands/shared/errors/errors'
import * as oidc from 'openid-client'
import { z } from 'zod'

const TIMEOUT_SECONDS = 5
/** Keys and addresses of a provider change seldom; a change reaches us within this. */
const DISCOVERY_MS = 3_600_000
export const CALLBACK_PATH = '/api/session/oidc/callback'

/** What must come back unchanged from one trip to the provider. */
export interface Checks {
  state: string
  nonce: string
  verifier: string
}

/** Somebody, as the provider knows them. */
export interface Person {
  issuer: string
  subject: string
  email: string | undefined
  /** The provider says that the address is theirs. */
  emailVerified: boolean
  username: string | undefined
  fullname: string | undefined
}

/** The OpenID Connect provider of the settings (authorization code flow with PKCE, state and nonce:
 *  OpenID Connect Core section 3.1, RFC 7636). One per process: it remembers what discovery said. */
export class OidcProvider {
  readonly #config: Config
  #known: { configuration: Promise<oidc.Configuration>; until: number } | undefined

  constructor(config: Config) {
    this.#config = config
  }

  /** Where the browser goes. Throws NotFoundError when no provider is set, UnavailableError when it does
   *  not answer. */
  async start(): Promise<{ url: string; checks: Checks }> {
    const configuration = await this.#discover()
    const checks = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      verifier: oidc.randomPKCECodeVerifier(),
    }
    const url = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: this.#callback().href,
      scope: 'openid email profile',
      state: checks.state,
      nonce: checks.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(checks.verifier),
      code_challenge_method: 'S256',
    })
    return { url: url.href, checks }
  }

  /** Who came back, by the query that the provider sent them with. Throws UnauthenticatedError for an
   *  answer that is not the one to our request, UnavailableError. */
  async finish(query: string, { state, nonce, verifier }: Checks): Promise<Person> {
    const configuration = await this.#discover()
    const callback = this.#callback()
    callback.search = query
    return this.#asking(async () => {
      const tokens = await oidc.authorizationCodeGrant(configuration, callback, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      })
      const idToken = tokens.claims()
      if (!idToken) throw new Error('there is no ID token')
      // Many providers say who it is in the token, and their address only when asked.
      const hasMore =
        idToken.email === undefined && configuration.serverMetadata().userinfo_endpoint
      const info = hasMore
        ? await oidc.fetchUserInfo(configuration, tokens.access_token, idToken.sub)
        : {}
      return toPerson({ ...info, ...idToken })
    })
  }

  #callback(): URL {
    return new URL(CALLBACK_PATH, this.#config.PUBLIC_URL)
  }

  #discover(): Promise<oidc.Configuration> {
    const { OIDC_ISSUER_URL, OIDC_CLIENT_ID = '', OIDC_CLIENT_SECRET } = this.#config
    if (!OIDC_ISSUER_URL) throw new NotFoundError('sign-in provider', 'in the settings')
    if (this.#known && this.#known.until > Date.now()) return this.#known.configuration
    const issuer = new URL(OIDC_ISSUER_URL)
    const isPlain = issuer.protocol === 'http:'
    const configuration = oidc
      .discovery(issuer, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, undefined, {
        timeout: TIMEOUT_SECONDS,
        // Whoever set an http: address has chosen so: a provider on the same host.
        ...(isPlain && { execute: [oidc.allowInsecureRequests] }),
      })
      .catch((error: unknown) => {
        // Asked for anew by the next visitor.
        this.#known = undefined
        throw new UnavailableError(this.#config.OIDC_NAME, { cause: withoutSecrets(error) })
      })
    this.#known = { configuration, until: Date.now() + DISCOVERY_MS }
    return configuration
  }

  async #asking<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (isOutage(error))
        throw new UnavailableError(this.#config.OIDC_NAME, { cause: withoutSecrets(error) })
      throw new ProviderAnswerError(this.#config.OIDC_NAME, withoutSecrets(error))
    }
  }
}

/** Not the answer to our question: forged, too old, sent twice, or the person said no there. */
export class ProviderAnswerError extends UnauthenticatedError {
  constructor(provider: string, cause?: Error) {
    super(`Signing in with ${provider} did not work out: start again`)
    if (cause) this.cause = cause
  }
}

const Claims = z.object({
  iss: z.string(),
  sub: z.string(),
  email: z.email().max(254).optional().catch(undefined),
  email_verified: z.literal(true).optional().catch(undefined),
  preferred_username: z.string().optional().catch(undefined),
  name: z.string().optional().catch(undefined),
})

function toPerson(claims: Record<string, unknown>): Person {
  const { iss, sub, email, email_verified, preferred_username, name } = Claims.parse(claims)
  return {
    issuer: iss,
    subject: sub,
    email,
    emailVerified: email_verified === true,
    username: preferred_username,
    fullname: name,
  }
}

function isOutage(error: unknown): boolean {
  if (error instanceof oidc.ResponseBodyError) return error.status >= 500
  if (error instanceof oidc.ClientError && error.code === 'OAUTH_TIMEOUT') return true
  const { cause } = error as { cause?: unknown }
  if (cause instanceof Response) return cause.status >= 500
  return error instanceof TypeError && error.message === 'fetch failed'
}

/** What the library throws holds tokens and claims: the log gets the kind of fault only. */
function withoutSecrets(error: unknown): Error {
  const { name, message, code } = error as { name?: string; message?: string; code?: string }
  return new Error(`${name ?? 'Error'}: ${message ?? ''} ${code ?? ''}`.trim())
}
