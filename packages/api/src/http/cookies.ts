import type { Secrets } from '@manyhands/shared/secrets/secrets'
import { randomToken } from '@manyhands/shared/secrets/secrets'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Env } from './env.ts'

const SESSION = 'mh_session'
const ANONYMOUS = 'mh_volunteer'
const PASS = 'mh_pass_'
const YEAR_SECONDS = 365 * 86_400

export function readSessionToken(c: Context<Env>): string | undefined {
  return getCookie(c, SESSION)
}

export function setSessionCookie(c: Context<Env>, token: string, maxAgeSeconds: number): void {
  setCookie(c, SESSION, token, attributes(c, maxAgeSeconds))
}

export function clearSessionCookie(c: Context<Env>): void {
  deleteCookie(c, SESSION, { path: '/' })
}

/** The id in the signed cookie of a browser without account. */
export function readAnonymousId(c: Context<Env>, secrets: Secrets): string | undefined {
  const [id, signature] = (getCookie(c, ANONYMOUS) ?? '').split('.')
  return id && signature && secrets.isSignedBy('anonymous-cookie', id, signature) ? id : undefined
}

/** Gives a browser an identity of its own: a classroom behind one address is thirty volunteers. */
export function setAnonymousCookie(c: Context<Env>, secrets: Secrets): string {
  const id = randomToken().slice(0, 22)
  setCookie(
    c,
    ANONYMOUS,
    `${id}.${secrets.sign('anonymous-cookie', id)}`,
    attributes(c, YEAR_SECONDS),
  )
  return id
}

export function setPassCookie(
  c: Context<Env>,
  projectId: number,
  token: string,
  maxAgeSeconds: number,
): void {
  setCookie(c, `${PASS}${projectId}`, token, attributes(c, maxAgeSeconds))
}

/** The project passes that a request brings, in cookies and in the header. */
export function readPassTokens(c: Context<Env>): string[] {
  const header = c.req.header('x-project-pass')
  const inHeader = header ? header.split(',').map((token) => token.trim()) : []
  if (!c.req.header('cookie')?.includes(PASS)) return inHeader
  const cookies = Object.entries(getCookie(c)).filter(([name]) => name.startsWith(PASS))
  return [...inHeader, ...cookies.map(([, token]) => token)]
}

function attributes(c: Context<Env>, maxAge: number) {
  const secure = c.var.ctx.config.PUBLIC_URL.startsWith('https:')
  return { path: '/', httpOnly: true, sameSite: 'Lax' as const, secure, maxAge }
}
