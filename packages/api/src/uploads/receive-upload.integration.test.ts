import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { ForbiddenError } from '@manyhands/shared/errors/errors'
import type { Anything } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { Hono } from 'hono'
import { requestId } from 'hono/request-id'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Env } from '../http/env.ts'
import { handleError } from '../http/error-handler.ts'
import { requestContext } from '../http/request-context.ts'
import { withUpload } from './receive-upload.ts'
import { form, knownUploads, listen, picture, storedFiles } from './uploads.fixture.ts'

const LIMIT = 9_500_000
const platform = useTestPlatform({
  env: { MAX_UPLOAD_BYTES: String(LIMIT), MAX_BODY_BYTES: '100000' },
})
let app: Hono<Env>
let server: Awaited<ReturnType<typeof listen>>
/** Bytes of the form that had been read when the permission was asked for. */
const asked: unknown[] = []
let rowId = 0

beforeAll(async () => {
  app = new Hono<Env>()
  app.onError(handleError)
  app.use(requestId(), requestContext(platform.ctx))
  app.post('/form', async (c) => {
    const row = await withUpload(
      c,
      {
        kind: 'announcement',
        numbers: ['project_id', 'priority'],
        flags: ['published'],
        needs: ['project_id'],
        mayStore: (fields) => {
          asked.push(fields)
          if (fields.project_id === 13) throw new ForbiddenError('not there')
          return { userId: 7, projectId: null }
        },
      },
      async (body) => {
        if (body.title === 'refused') throw new ForbiddenError('too late')
        return { id: ++rowId, mediaUrl: String(body.media_url), body }
      },
    )
    return c.json(row)
  })
  server = await listen(app)
})
afterAll(() => server.close())
afterEach(async () => {
  for (const key of await storedFiles(platform)) await platform.ctx.storage.remove(key)
  asked.length = 0
})

const send = (body: FormData | string, headers?: Record<string, string>) =>
  app.request('/form', { method: 'POST', body, ...(headers && { headers }) })
const outcome = async (response: Response) => ({
  status: response.status,
  body: (await response.json()) as Anything,
})

describe('an upload', () => {
  it('becomes the body that JSON would have had, with the address of the file', async () => {
    const { status, body } = await outcome(
      await send(
        form({
          project_id: '5',
          priority: '0.5',
          published: 'true',
          title: 'Owls',
          info: '{"a":[1]}',
          file: [await picture('png'), 'Mein Käuzchen (2).PNG'],
        }),
      ),
    )

    expect(status).toBe(200)
    const { media_url, info } = body.body
    expect(body.body).toEqual({
      project_id: 5,
      priority: 0.5,
      published: true,
      title: 'Owls',
      media_url,
      info: { a: [1], container: 'user_7', file_name: info.file_name },
    })
    expect(info.file_name).toMatch(/^[0-9a-f]{32}-Mein_Kauzchen_2\.png$/)
    expect(media_url).toBe(`http://localhost:3000/uploads/user_7/${info.file_name}`)
    expect(await storedFiles(platform)).toEqual([`user_7/${info.file_name}`])
  })

  it('may have its fields after its file, and who may not store one is refused first', async () => {
    const file: [Uint8Array, string] = [await picture('jpeg'), 'owl.jpg']
    expect((await send(form({ file, info: '{}', project_id: '5' }))).status).toBe(200)
    expect(await storedFiles(platform)).toHaveLength(1)
    const refused = await outcome(await send(form({ file, project_id: '13' })))
    expect(refused).toMatchObject({ status: 403, body: { exception_msg: 'not there' } })
    expect(await storedFiles(platform)).toHaveLength(1)
    expect(asked).toEqual([{ info: {}, project_id: 5 }, { project_id: 13 }])
  })

  it('without file or project: the project is looked at first, then the file is missed', async () => {
    expect((await send(form({ project_id: '13' }))).status).toBe(403)
    expect(await outcome(await send(form({ project_id: '5' })))).toMatchObject({
      status: 415,
      body: { exception_cls: 'AttributeError', issues: [{ field: 'file', message: 'is missing' }] },
    })
    expect((await send(form({ project_id: '5', file: [new Uint8Array(), ''] }))).status).toBe(415)
  })

  it.each([
    ['info that is no JSON', { info: '{' }, 'info'],
    ['info that is a list', { info: '[1]' }, 'info'],
    ['a number that is none', { priority: 'high' }, 'priority'],
    ['an id that is none', { project_id: '5.5' }, 'project_id'],
    ['an empty number', { priority: ' ' }, 'priority'],
    ['a flag that is none', { published: 'perhaps' }, 'published'],
  ])('with %s is refused as ValueError, and nothing stays', async (_what, fields, field) => {
    const file: [Uint8Array, string] = [await picture('png'), 'a.png']
    for (const parts of [
      { project_id: '5', ...fields, file },
      { file, project_id: '5', ...fields },
    ]) {
      expect(await outcome(await send(form(parts)))).toMatchObject({
        status: 415,
        body: { exception_cls: 'ValueError', issues: [{ field }] },
      })
    }
    expect(await storedFiles(platform)).toEqual([])
  })

  it('that is refused when its record is stored leaves no file and no trace', async () => {
    const before = await knownUploads(platform)
    const parts = {
      project_id: '5',
      title: 'refused',
      file: [await picture('png'), 'a.png'] as [Uint8Array, string],
    }
    expect((await send(form(parts))).status).toBe(403)
    expect(await storedFiles(platform)).toEqual([])
    expect(await knownUploads(platform)).toEqual(before)
  })

  it('that is too large is refused with the name of the limit, before it is there and in the middle', async () => {
    const large = Buffer.concat([await picture('png'), randomBytes(LIMIT)])
    const announced = await outcome(
      await send(form({ project_id: '5', file: [new Uint8Array(LIMIT + 300_000), 'a.png'] })),
    )
    for (const { status, body } of [
      announced,
      await outcome(await send(form({ project_id: '5', file: [large, 'a.png'] }))),
      await outcome(await send(form({ file: [large, 'a.png'], project_id: '5' }))),
    ]) {
      expect(status).toBe(413)
      expect(body.exception_msg).toContain('MAX_UPLOAD_BYTES')
      expect(body.exception_msg).toContain(String(LIMIT))
    }
    expect(await storedFiles(platform)).toEqual([])
  })

  it('with too many parts, too much text, or a second file is refused', async () => {
    const file: [Uint8Array, string] = [await picture('png'), 'a.png']
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`f${at}`, 'x']))
    expect((await send(form({ project_id: '5', ...many, file }))).status).toBe(415)
    expect((await send(form({ project_id: '5', a: 'x'.repeat(200_000), file }))).status).toBe(413)
    const halves = { a: 'x'.repeat(60_000), b: 'x'.repeat(60_000) }
    expect((await send(form({ project_id: '5', ...halves, file }))).status).toBe(413)
    const twice = form({ project_id: '5', file })
    twice.append('file', new Blob(['again']), 'b.png')
    expect((await send(twice)).status).toBe(415)
    expect(await storedFiles(platform)).toEqual([])
  })

  it.each([
    ['no boundary', 'multipart/form-data', 'x'],
    ['no form at all', 'multipart/form-data; boundary=b', 'x'],
    [
      'an end in the middle',
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nabc',
    ],
    [
      'headers that are none',
      'multipart/form-data; boundary=b',
      `--b\r\n${'x'.repeat(100)}\r\n\r\nabc\r\n--b--\r\n`,
    ],
  ])('with %s is refused as a bad form', async (_what, type, body) => {
    expect((await send(body, { 'content-type': type })).status).toBe(415)
    expect(await storedFiles(platform)).toEqual([])
  })

  it('passes other files over', async () => {
    const file: [Uint8Array, string] = [await picture('png'), 'a.png']
    const other: [Uint8Array, string] = [randomBytes(300_000), 'b.bin']
    expect((await send(form({ other, project_id: '5', file, more: other }))).status).toBe(200)
    expect(await storedFiles(platform)).toHaveLength(1)
  })

  it('ten at a time are ten files, each whole', async () => {
    const files = Array.from({ length: 10 }, () => randomBytes(400_000).toString('base64'))
    const rows = await Promise.all(
      files.map(async (text, at) => {
        const parts = {
          project_id: '5',
          file: [Buffer.from(text), 'same.txt'] as [Uint8Array, string],
        }
        const response = await fetch(`${server.url}/form`, { method: 'POST', body: form(parts) })
        return { at, body: (await response.json()) as { body: { info: { file_name: string } } } }
      }),
    )
    expect(new Set(rows.map(({ body }) => body.body.info.file_name)).size).toBe(10)
    for (const { at, body } of rows) {
      const size = await platform.ctx.storage.size(`user_7/${body.body.info.file_name}`)
      expect(size).toBe(files[at]?.length)
    }
  })
})

describe('over a real connection', () => {
  const head = (contentLength: number) =>
    `POST /form HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: ${contentLength}\r\nConnection: close\r\n\r\n`
  const part = (name: string, rest = '') =>
    `--b\r\nContent-Disposition: form-data; name="${name}"${rest}\r\n\r\n`
  const open = () => {
    const { port, hostname } = new URL(server.url)
    return connect(Number(port), hostname)
  }
  const answerOf = async (socket: ReturnType<typeof connect>) => {
    let text = ''
    for await (const chunk of socket) text += chunk
    return text
  }

  it('a client that goes away half-way leaves nothing', async () => {
    for (const parts of [
      `${part('project_id')}5\r\n${part('file', '; filename="a.png"')}`,
      part('file', '; filename="a.png"'),
    ]) {
      const before = await knownUploads(platform)
      const socket = open()
      socket.write(head(2_000_000))
      socket.write(parts)
      socket.write(await picture('png'))
      socket.write(randomBytes(1_000_000))
      // It has begun: the bytes are in the storage, or waiting beside it.
      if (parts.includes('project_id')) {
        await expect.poll(() => storedFiles(platform)).not.toEqual([])
      }
      socket.destroy()
      await expect.poll(() => storedFiles(platform)).toEqual([])
      await expect.poll(() => knownUploads(platform)).toEqual(before)
    }
  })

  it('a slow client is waited for', async () => {
    const body = Buffer.concat([
      Buffer.from(`${part('project_id')}5\r\n${part('file', '; filename="a.png"')}`),
      await picture('png', 40, 40),
      Buffer.from('\r\n--b--\r\n'),
    ])
    const socket = open()
    socket.write(head(body.length))
    for (let at = 0; at < body.length; at += 7) {
      socket.write(body.subarray(at, at + 7))
      await sleep(1)
    }
    expect(await answerOf(socket)).toContain('HTTP/1.1 200')
    expect(await storedFiles(platform)).toHaveLength(1)
  })

  it('a client whose file is refused early reads why', async () => {
    const response = await fetch(`${server.url}/form`, {
      method: 'POST',
      body: form({
        project_id: '13',
        file: [Buffer.concat([await picture('png'), randomBytes(8_000_000)]), 'a.png'],
      }),
    })
    expect(await outcome(response)).toMatchObject({
      status: 403,
      body: { exception_msg: 'not there' },
    })
  })

  it('nine megabytes pass in bounded memory', async () => {
    const chunk = Buffer.concat([await picture('png'), randomBytes(65_000)]).subarray(0, 65_000)
    const held: number[] = []
    async function* body() {
      yield Buffer.from(`${part('project_id')}5\r\n${part('file', '; filename="a.png"')}`)
      for (let at = 0; at < 140; at++) {
        yield chunk
        if (at % 10 > 0) continue
        collectGarbage()
        held.push(process.memoryUsage().arrayBuffers)
      }
      yield Buffer.from('\r\n--b--\r\n')
    }
    const response = await fetch(`${server.url}/form`, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
      body: Readable.from(body()),
      duplex: 'half',
    } as RequestInit)

    expect(response.status).toBe(200)
    const [key = ''] = await storedFiles(platform)
    expect(await platform.ctx.storage.size(key)).toBe(140 * 65_000)
    // The first is what the test before has left. The client's own part is in here, too.
    const [first = 0, ...rest] = held.slice(1)
    expect(Math.max(...rest) - first).toBeLessThan(4_000_000)
  })
})

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void
