import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startS3 } from '../../testing/s3-server.ts'
import { NotFoundError, UnavailableError } from '../errors/errors.ts'
import { openStorage } from './open-storage.ts'
import type { Storage } from './storage.ts'

const REGION = { S3_REGION: 'us-east-1' }

describe.each([
  [
    'a folder',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'manyhands-storage-'))
      return {
        storage: openStorage({ STORAGE_URL: pathToFileURL(folder).href, ...REGION }),
        close: () => rm(folder, { recursive: true }),
      }
    },
  ],
  [
    'a bucket',
    async () => {
      const server = await startS3()
      return { storage: openStorage(server.config('some/prefix')), close: server.close }
    },
  ],
])('%s', (_what, open) => {
  let storage: Storage
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ storage, close } = await open())
  })
  afterAll(() => close())
  const put = (key: string, content: Buffer) => storage.put(key, Readable.from([content]))
  const read = async (key: string, range?: { start: number; end: number }) =>
    buffer(await storage.open(key, range))

  it.each([0, 1, 100_000, 12_000_000])('gives back %i bytes as they were', async (length) => {
    const content = randomBytes(length)
    const chunks = Array.from({ length: Math.ceil(length / 65_536) }, (_, at) =>
      content.subarray(at * 65_536, (at + 1) * 65_536),
    )
    const written = await storage.put(
      `same/${length}`,
      Readable.from(chunks, { objectMode: false }),
    )

    expect(written).toEqual({
      bytes: length,
      sha256: createHash('sha256').update(content).digest('hex'),
    })
    expect(await storage.size(`same/${length}`)).toBe(length)
    expect((await read(`same/${length}`)).equals(content)).toBe(true)
  })

  it('gives a part of a file', async () => {
    await put('part', Buffer.from('0123456789'))
    expect(String(await read('part', { start: 2, end: 4 }))).toBe('234')
    expect(String(await read('part', { start: 9, end: 9 }))).toBe('9')
  })

  it('replaces what was there', async () => {
    await put('twice', Buffer.from('first'))
    await put('twice', Buffer.from('second'))
    expect(String(await read('twice'))).toBe('second')
  })

  it.each([1, 130])('shows nothing of a file that fails after %i chunks', async (count) => {
    async function* broken() {
      for (let at = 0; at < count; at++) yield randomBytes(65_536)
      throw new Error('the source broke')
    }
    await expect(storage.put('broken/file', Readable.from(broken()))).rejects.toThrow(
      'the source broke',
    )
    await expect(storage.size('broken/file')).rejects.toThrow(NotFoundError)
    await expect(storage.open('broken/file')).rejects.toThrow(NotFoundError)
  })

  it('keeps what was there when its replacement fails', async () => {
    await put('kept', Buffer.from('first'))
    const broken = new Readable({ read() {} })
    const putting = storage.put('kept', broken)
    broken.push('sec')
    broken.destroy(new Error('gone'))
    await expect(putting).rejects.toThrow('gone')
    expect(String(await read('kept'))).toBe('first')
  })

  it('says that a file is not there, and removes it without fuss', async () => {
    await expect(storage.size('no/such')).rejects.toThrow(NotFoundError)
    await expect(storage.open('no/such')).rejects.toThrow(NotFoundError)
    await storage.remove('no/such')
    await put('some', Buffer.from('x'))
    await storage.remove('some')
    await expect(storage.size('some')).rejects.toThrow(NotFoundError)
  })

  it('removes a folder and nothing beside it', async () => {
    await Promise.all(['f/a/b/3', 'f2/4', 'fff'].map((key) => put(key, Buffer.from('x'))))
    await storage.removeFolder('f')
    await storage.removeFolder('f')
    await expect(storage.size('f/a/b/3')).rejects.toThrow(NotFoundError)
    expect(await storage.size('f2/4')).toBe(1)
    expect(await storage.size('fff')).toBe(1)
  })

  it.each(['../out', 'a/../../out', '/etc/passwd', 'a//b', 'a\0b', '.', ''])(
    'has nothing at %j, and stores nothing there',
    async (key) => {
      await expect(storage.open(key)).rejects.toThrow(NotFoundError)
      await expect(storage.size(key)).rejects.toThrow(NotFoundError)
      await expect(put(key, Buffer.from('x'))).rejects.toThrow(NotFoundError)
    },
  )
})

describe('a bucket', () => {
  it('loses more files than one page has with its folder', async () => {
    const server = await startS3()
    const storage = openStorage(server.config())
    const put = (n: number) => storage.put(`many/${n}`, Readable.from([Buffer.from('x')]))
    for (let at = 0; at < 250; at += 50) {
      await Promise.all(Array.from({ length: 50 }, (_, n) => put(at + n)))
    }
    // One more than a page. s3rver cannot take the last two files of a folder away in one request.
    await put(250)
    await storage.put('other', Readable.from([Buffer.from('x')]))
    await storage.removeFolder('many')
    await expect(storage.size('many/0')).rejects.toThrow(NotFoundError)
    await expect(storage.size('many/250')).rejects.toThrow(NotFoundError)
    expect(await storage.size('other')).toBe(1)
    await server.close()
  })

  it('keeps the headers that a CDN will send', async () => {
    const server = await startS3()
    const storage = openStorage(server.config())
    await storage.put('x.csv', Readable.from([Buffer.from('a,b')]), {
      contentType: 'text/csv',
      contentDisposition: 'attachment',
      cacheControl: 'public, max-age=5',
    })
    const { headers } = await fetch(`${server.url}/${server.bucket}/x.csv`)
    expect(headers.get('content-type')).toBe('text/csv')
    expect(headers.get('content-disposition')).toBe('attachment')
    expect(headers.get('cache-control')).toBe('public, max-age=5')
    await server.close()
  })

  it('that does not answer is unavailable, and what was sent is let go', async () => {
    const deaf = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
    await new Promise((resolve) => deaf.once('listening', resolve))
    const address = deaf.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const storage = openStorage({
      STORAGE_URL: 's3://bucket',
      S3_ENDPOINT: `http://127.0.0.1:${port}`,
      S3_ACCESS_KEY_ID: 'x',
      S3_SECRET_ACCESS_KEY: 'y',
      ...REGION,
    })
    const content = Readable.from([randomBytes(1_000), randomBytes(1_000)])
    await expect(storage.put('x', content)).rejects.toThrow(UnavailableError)
    expect(content.destroyed).toBe(true)
    await expect(storage.size('x')).rejects.toThrow(UnavailableError)
    deaf.close()
  })
})

describe('a folder', () => {
  it('has no unfinished file left after a failure', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'manyhands-storage-'))
    const storage = openStorage({ STORAGE_URL: pathToFileURL(folder).href, ...REGION })
    const broken = new Readable({ read: () => broken.destroy(new Error('gone')) })
    await expect(storage.put('a/b', broken)).rejects.toThrow('gone')
    expect(await readdir(join(folder, 'a'))).toEqual([])
    await rm(folder, { recursive: true })
  })
})
