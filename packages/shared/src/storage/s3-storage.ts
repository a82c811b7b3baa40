import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3'
import { AppError, NotFoundError, UnavailableError } from '../errors/errors.ts'
import { Measure } from './measure.ts'
import { isKey, type Storage, type StoredHeaders } from './storage.ts'

/** The least that the protocol allows; two of them are in memory for each write. */
const PART_BYTES = 5 * 1024 * 1024
const PARTS_AT_ONCE = 2
/** Files that are taken away with one request; Amazon takes 1,000, others fewer. */
const PAGE = 250

export interface S3Place {
  bucket: string
  /** Before every key, with a slash at its end; may be empty. */
  prefix: string
  /** Without one: Amazon's. */
  endpoint?: string | undefined
  region: string
  /** Without them: what the machine has (role, profile, environment). */
  credentials?: { accessKeyId: string; secretAccessKey: string } | undefined
}

/** Files in a bucket of any store that speaks the S3 protocol. */
export class S3Storage implements Storage {
  readonly #place: S3Place
  #opened: ReturnType<typeof connect> | undefined

  constructor(place: S3Place) {
    this.#place = place
  }

  async put(
    key: string,
    content: Readable,
    headers?: StoredHeaders,
  ): Promise<{ bytes: number; sha256: string }> {
    const measure = new Measure()
    let failure: unknown
    const failed = (error: unknown) => {
      failure ??= error
      // Each end waits for the other.
      measure.destroy()
    }
    // At once: a stream that breaks while nobody listens takes the process with it.
    const flowing = pipeline(content, measure).catch(failed)
    const uploading = this.#upload(key, measure, headers).catch((error) => failed(explain(error)))
    await Promise.all([flowing, uploading])
    if (failure) throw failure
    return measure.result()
  }

  async #upload(key: string, body: Readable, headers?: StoredHeaders): Promise<void> {
    const object = this.#object(key)
    const { client } = await this.#open()
    const { Upload } = await import('@aws-sdk/lib-storage')
    const upload = new Upload({
      client,
      params: {
        ...object,
        Body: body,
        ContentType: headers?.contentType,
        ContentDisposition: headers?.contentDisposition,
        CacheControl: headers?.cacheControl,
      },
      partSize: PART_BYTES,
      queueSize: PARTS_AT_ONCE,
      // A file appears with its last part or not at all; the parts of a failed one are taken back.
      leavePartsOnError: false,
    })
    await upload.done()
  }

  async open(key: string, range?: { start: number; end: number }): Promise<Readable> {
    const { client, sdk } = await this.#open()
    const command = new sdk.GetObjectCommand({
      ...this.#object(key),
      ...(range && { Range: `bytes=${range.start}-${range.end}` }),
    })
    const { Body } = await client.send(command).catch((error: unknown) => missing(error, key))
    // In Node.js it is always a stream of Node's.
    return Body as Readable
  }

  async size(key: string): Promise<number> {
    const { client, sdk } = await this.#open()
    const command = new sdk.HeadObjectCommand(this.#object(key))
    const { ContentLength } = await client
      .send(command)
      .catch((error: unknown) => missing(error, key))
    return ContentLength ?? 0
  }

  async remove(key: string): Promise<void> {
    const { client, sdk } = await this.#open()
    await client.send(new sdk.DeleteObjectCommand(this.#object(key))).catch(fail)
  }

  async removeFolder(folder: string): Promise<void> {
    const { client, sdk } = await this.#open()
    const { Bucket, Key } = this.#object(folder)
    const Prefix = `${Key}/`
    for (;;) {
      // What was removed is listed no more, so the first page is always the next one: the older kind of
      // list does, which every store has.
      const page = await client
        .send(new sdk.ListObjectsCommand({ Bucket, Prefix, MaxKeys: PAGE }))
        .catch(fail)
      const keys = (page.Contents ?? []).flatMap(({ Key }) => (Key ? [{ Key }] : []))
      if (keys.length === 0) break
      const { Errors } = await client
        .send(new sdk.DeleteObjectsCommand({ Bucket, Delete: { Objects: keys, Quiet: true } }))
        .catch(fail)
      if (Errors?.[0]) throw new UnavailableError(`The file store (${Errors[0].Code})`)
    }
    await this.#abortUploads(Bucket, Prefix)
  }

  /** Takes back the parts of writes whose process has died. */
  async #abortUploads(Bucket: string, Prefix: string): Promise<void> {
    const { client, sdk } = await this.#open()
    const { Uploads } = await client
      .send(new sdk.ListMultipartUploadsCommand({ Bucket, Prefix }))
      .catch((error: unknown) => {
        // Small stores keep no list of them.
        if (statusOf(error) === 501) return { Uploads: [] }
        throw explain(error)
      })
    for (const { Key, UploadId } of Uploads ?? []) {
      await client.send(new sdk.AbortMultipartUploadCommand({ Bucket, Key, UploadId })).catch(fail)
    }
  }

  #object(key: string): { Bucket: string; Key: string } {
    if (!isKey(key)) throw new NotFoundError('file', key)
    const { bucket, prefix } = this.#place
    return { Bucket: bucket, Key: `${prefix}${key}` }
  }

  #open(): ReturnType<typeof connect> {
    this.#opened ??= connect(this.#place)
    return this.#opened
  }
}

/** The SDK is large: only a process that has such a storage loads it. */
async function connect({ endpoint, region, credentials }: S3Place) {
  const sdk = await import('@aws-sdk/client-s3')
  const config: S3ClientConfig = {
    region,
    ...(credentials && { credentials }),
    // Other stores than Amazon's know buckets by path, and no checksums of newer kinds.
    ...(endpoint && {
      endpoint,
      forcePathStyle: true,
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    }),
  }
  const client: S3Client = new sdk.S3Client(config)
  return { sdk, client }
}

function missing(error: unknown, key: string): never {
  const name = error instanceof Error ? error.name : ''
  if (name === 'NoSuchKey' || name === 'NotFound') throw new NotFoundError('file', key)
  throw explain(error)
}

function fail(error: unknown): never {
  throw explain(error)
}

/** No answer, or one that says "later", is nobody's fault. */
function explain(error: unknown): unknown {
  if (error instanceof AppError) return error
  const status = statusOf(error)
  return status === undefined || status >= 500
    ? new UnavailableError('The file store', { cause: error })
    : error
}

function statusOf(error: unknown): number | undefined {
  const metadata = error instanceof Error && '$metadata' in error ? error.$metadata : undefined
  return (metadata as { httpStatusCode?: number } | undefined)?.httpStatusCode
}
