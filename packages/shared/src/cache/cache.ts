import type { Redis } from 'ioredis'
import type { Log } from '../log/log.ts'

export interface CacheOptions {
  key: string
  /** Served without a look at the source, milliseconds. */
  freshMs: number
  /** After that, served once more while it is loaded anew, milliseconds. */
  staleMs: number
  /** Names of what the value is made from: `drop` forgets every value with the tag. */
  tags: string[]
}

interface Entry {
  value: unknown
  freshUntil: number
  staleUntil: number
  tags: string[]
  /** Version of each tag when the value was loaded. */
  versions: string[]
}

/** The nearest tier trusts itself this long; a drop elsewhere reaches it by message, or then. */
const NEAR_MS = 2_000
const NEAR_ENTRIES = 2_000
/** Versions outlive every value that carries them. */
const VERSION_TTL_SECONDS = 86_400

/** Two tiers (this process, Redis) with single flight and stale-while-revalidate. Best effort: with
 *  Redis away a read is a miss and a drop is made up for as soon as Redis is back. */
export class Cache {
  readonly #redis: Redis
  readonly #listener: Redis
  readonly #prefix: string
  readonly #log: Log
  readonly #near = new Map<string, Entry & { nearUntil: number }>()
  readonly #flights = new Map<string, Promise<unknown>>()
  readonly #loading = new Set<{ tags: string[]; isSpoilt: boolean }>()
  readonly #owedDrops = new Set<string>()

  constructor(redis: Redis, prefix: string, log: Log) {
    this.#redis = redis
    this.#prefix = prefix
    this.#log = log
    this.#listener = redis.duplicate()
    this.#listener.on('error', () => {})
    this.#listener.on('ready', () => void this.#listen())
    this.#listener.on('message', (_channel, tag) => this.#forget(tag))
    redis.on('ready', () => void this.#payDrops())
  }

  /** The value under `key`, loaded by `load` when it is missing or old. Callers at the same time share
   *  one load. Throws what `load` throws. */
  async get<T>(options: CacheOptions, load: () => Promise<T>): Promise<T> {
    const now = Date.now()
    const near = this.#near.get(options.key)
    if (near && near.nearUntil > now && near.freshUntil > now) return near.value as T
    return (await this.#fly(options, async () => {
      const far = await this.#readFar(options)
      if (far && far.freshUntil > now) return far.value
      const fresh = this.#load(options, load)
      if (!far) return await fresh
      fresh.catch((error: unknown) =>
        this.#log.warn({ err: error, key: options.key }, 'revalidation failed'),
      )
      return far.value
    })) as T
  }

  /** Forgets every value with one of these tags, here and in every other process. */
  async drop(...tags: string[]): Promise<void> {
    for (const tag of tags) this.#forget(tag)
    try {
      const pipeline = this.#redis.pipeline()
      for (const tag of tags) {
        pipeline.incr(this.#tagKey(tag)).expire(this.#tagKey(tag), VERSION_TTL_SECONDS)
        pipeline.publish(this.#channel(), tag)
      }
      await run(pipeline)
    } catch (error) {
      for (const tag of tags) this.#owedDrops.add(tag)
      this.#log.warn({ err: error }, 'cache drop put off until redis is back')
    }
  }

  async close(): Promise<void> {
    this.#listener.disconnect()
    await Promise.allSettled(this.#flights.values())
  }

  #fly(options: CacheOptions, work: () => Promise<unknown>): Promise<unknown> {
    const under = this.#flights.get(options.key)
    if (under) return under
    const flight = work().finally(() => this.#flights.delete(options.key))
    this.#flights.set(options.key, flight)
    return flight
  }

  async #load<T>(options: CacheOptions, load: () => Promise<T>): Promise<T> {
    // Versions first: a drop that comes while we load makes the value old at once.
    const versions = await this.#readVersions(options.tags)
    const loading = { tags: options.tags, isSpoilt: false }
    this.#loading.add(loading)
    const value = await load().finally(() => this.#loading.delete(loading))
    if (loading.isSpoilt) return value
    const now = Date.now()
    const entry: Entry = {
      value,
      freshUntil: now + options.freshMs,
      staleUntil: now + options.freshMs + options.staleMs,
      tags: options.tags,
      versions: versions ?? [],
    }
    if (versions) await this.#writeFar(options.key, entry)
    this.#keepNear(options.key, entry)
    return value
  }

  async #readFar(options: CacheOptions): Promise<Entry | undefined> {
    try {
      const [text, ...versions] = await this.#redis.mget(
        this.#valueKey(options.key),
        ...options.tags.map((tag) => this.#tagKey(tag)),
      )
      if (!text) return undefined
      const entry = JSON.parse(text) as Entry
      const same = entry.versions.every((version, at) => version === (versions[at] ?? '0'))
      if (!same || entry.staleUntil < Date.now()) return undefined
      this.#keepNear(options.key, entry)
      return entry
    } catch {
      return undefined
    }
  }

  async #readVersions(tags: string[]): Promise<string[] | undefined> {
    if (tags.length === 0) return []
    try {
      const versions = await this.#redis.mget(...tags.map((tag) => this.#tagKey(tag)))
      return versions.map((version) => version ?? '0')
    } catch {
      return undefined
    }
  }

  async #writeFar(key: string, entry: Entry): Promise<void> {
    try {
      const life = Math.max(1, Math.ceil(entry.staleUntil - Date.now()))
      await this.#redis.set(this.#valueKey(key), JSON.stringify(entry), 'PX', life)
    } catch (error) {
      this.#log.debug({ err: error }, 'cache write failed')
    }
  }

  #keepNear(key: string, entry: Entry): void {
    this.#near.delete(key)
    this.#near.set(key, { ...entry, nearUntil: Math.min(Date.now() + NEAR_MS, entry.freshUntil) })
    if (this.#near.size > NEAR_ENTRIES) {
      const oldest = this.#near.keys().next()
      if (!oldest.done) this.#near.delete(oldest.value)
    }
  }

  #forget(tag: string): void {
    for (const loading of this.#loading) if (loading.tags.includes(tag)) loading.isSpoilt = true
    for (const [key, entry] of this.#near) if (entry.tags.includes(tag)) this.#near.delete(key)
  }

  async #listen(): Promise<void> {
    // What was dropped while we were not listening is not known: start afresh.
    this.#near.clear()
    await this.#listener.subscribe(this.#channel()).catch(() => {})
  }

  async #payDrops(): Promise<void> {
    const owed = [...this.#owedDrops]
    this.#owedDrops.clear()
    if (owed.length > 0) await this.drop(...owed)
  }

  #valueKey(key: string): string {
    return `${this.#prefix}:cache:${key}`
  }
  #tagKey(tag: string): string {
    return `${this.#prefix}:tag:${tag}`
  }
  #channel(): string {
    return `${this.#prefix}:cache-drops`
  }
}

/** ioredis reports the failures of a pipeline in its rows: the first one is thrown. */
export async function run(pipeline: ReturnType<Redis['pipeline']>): Promise<unknown[]> {
  const rows = (await pipeline.exec()) ?? []
  for (const [error] of rows) if (error) throw error
  return rows.map(([, value]) => value)
}
