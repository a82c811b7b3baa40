import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib'
import type { Context, MiddlewareHandler } from 'hono'
import type { Env } from './env.ts'

/** Answers that are the same to every stranger and may be some seconds old. */
const OPEN =
  /^\/api\/(platform|openapi\.json|(project|category|user|blogpost|announcement|helpingmaterial|page|projectstats|globalstats)(\/\d+)?)$/
/** The same to every stranger, but whoever has just answered must see it at once. */
const LIVE = /^\/api\/(task|taskrun|result)(\/\d+)?$/
/** As OPEN, but whoever has a cookie is shown their own part in it too. */
const CATALOGUE = /^\/api\/projects(\/[^/]+)?$/
/** Asked all the time and never the same twice: no time is spent on them. */
const HOT = /\/(newtask|userprogress)$/

/** Whether answers at a path carry an entity tag. */
export function isTagged(path: string): boolean {
  return OPEN.test(path) || LIVE.test(path) || CATALOGUE.test(path)
}

const NEVER = 'private, no-store'
const MIN_BYTES = 1_024

/** Says how long an answer of the API may be kept and by whom, answers `If-None-Match`, and compresses
 *  what is worth it. Nothing may be kept unless it is listed here, or its handler says so. */
export function delivery(compression: boolean): MiddlewareHandler<Env> {
  return async (c, next) => {
    c.header('Cache-Control', NEVER)
    const isRead = c.req.method === 'GET' || c.req.method === 'HEAD'
    if (!isRead || HOT.test(c.req.path)) return next()
    await next()
    if (c.res.status !== 200 || !isJson(c.res) || isFile(c.res)) return
    const headers = new Headers(c.res.headers)
    allowKeeping(c, headers)
    const body = Buffer.from(await c.res.arrayBuffer())
    const isKept = !headers.get('Cache-Control')?.includes('no-store')
    if (isKept) headers.set('ETag', tagOf(body))
    if (isKept && isKnown(c.req.header('if-none-match'), headers.get('ETag'))) {
      headers.delete('Content-Type')
      replace(c, null, 304, headers)
      return
    }
    replace(c, compression ? await compress(c, body, headers) : body, 200, headers)
  }
}

function allowKeeping(c: Context<Env>, headers: Headers): void {
  if (!isTagged(c.req.path)) return
  const isCatalogue = CATALOGUE.test(c.req.path)
  const isOpen = isCatalogue || OPEN.test(c.req.path)
  // Who asks decides what is shown: a shared cache must not give one the answer of another.
  headers.append('Vary', 'Authorization, Cookie')
  if (headers.get('Cache-Control') !== NEVER) return
  if (isPersonal(c) || (isCatalogue && isKnownVolunteer(c)))
    headers.set('Cache-Control', 'private, no-cache')
  else if (isOpen) headers.set('Cache-Control', 'public, max-age=5, stale-while-revalidate=30')
  else headers.set('Cache-Control', 'public, no-cache')
}

function isPersonal(c: Context<Env>): boolean {
  const { caller } = c.var.ctx
  return (
    caller.account !== null ||
    caller.passes.length > 0 ||
    c.req.header('authorization') !== undefined ||
    c.req.query('api_key') !== undefined
  )
}

function isKnownVolunteer(c: Context<Env>): boolean {
  return !c.var.ctx.caller.volunteer.key.startsWith('address:')
}

/** Weak: the same content whatever its compression. */
function tagOf(body: Buffer): string {
  return `W/"${createHash('sha1').update(body).digest('base64url')}"`
}

function isKnown(header: string | undefined, tag: string | null): boolean {
  if (!header || !tag) return false
  const opaque = (text: string) => text.trim().replace(/^W\//, '')
  return header.split(',').some((each) => each.trim() === '*' || opaque(each) === opaque(tag))
}

/** Cheap levels: the processor is busier than the line. */
const ENCODINGS: Array<[string, (body: Buffer) => Promise<Buffer>]> = [
  ['zstd', promisify(zstdCompress)],
  [
    'br',
    (body) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
  ],
  ['gzip', promisify(gzip)],
]

async function compress(c: Context<Env>, body: Buffer, headers: Headers): Promise<Buffer> {
  if (body.length < MIN_BYTES || headers.has('Content-Encoding')) return body
  headers.append('Vary', 'Accept-Encoding')
  const accepted = acceptedEncodings(c.req.header('accept-encoding'))
  const [name, encode] = ENCODINGS.find(([each]) => accepted.has(each)) ?? []
  if (!name || !encode || c.req.method === 'HEAD') return body
  headers.set('Content-Encoding', name)
  return encode(body)
}

function acceptedEncodings(header = ''): Set<string> {
  const accepted = header
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => !/;\s*q=0(\.0*)?$/.test(part))
  return new Set(accepted.map((part) => part.split(';')[0]?.trim() ?? ''))
}

function isJson(response: Response): boolean {
  return response.headers.get('Content-Type')?.startsWith('application/json') ?? false
}

/** A file to be saved may be of any size, and is sent as it is made. */
function isFile(response: Response): boolean {
  return response.headers.get('Content-Disposition')?.startsWith('attachment') ?? false
}

function replace(c: Context<Env>, body: Buffer | null, status: 200 | 304, headers: Headers): void {
  headers.delete('Content-Length')
  // Otherwise the headers of the answer that is replaced are mixed in again.
  c.res = undefined
  c.res = new Response(body && new Uint8Array(body), { status, headers })
}
