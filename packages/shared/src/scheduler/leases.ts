import type { Redis } from 'ioredis'
import { defineScript } from '../cache/script.ts'
import type { Log } from '../log/log.ts'

/** A task that may be given out: its redundancy and how many answers it had when it was read. */
export interface Candidate {
  id: number
  nAnswers: number
  nTaskRuns: number
}

export interface Grant {
  ids: number[]
  /** What is left of the offset: to go on with further candidates. */
  skip: number
  /** Candidates that were passed over because every slot left is leased to somebody else. */
  blocked: number
}

export interface LeaseOptions {
  prefix: string
  /** How long a slot stays reserved for a volunteer who does not answer. */
  leaseTtlMs: number
  /** How long a task that was handed out may be answered; at least the lease. */
  requestTtlMs: number
}

/** Gives tasks out in the order of the candidates, one slot of redundancy each, in one step: two
 *  volunteers can never be given the last slot together. `answered` holds the highest number of task
 *  runs that is known to be committed, since a candidate may have been read before that commit.
 *  A number of answers below zero means "no bound" (depth_first_all). With a draw, not all of those that
 *  could be leased are, but one of them: the draw's, counted round (incremental).
 *  ARGV: prefix, now, lease ttl, request ttl, member, offset, limit, draw (below zero: none), then id,
 *  n_answers, n_task_runs … */
const GRANT = `
local prefix, now, lease_ttl, request_ttl, member = ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[4], ARGV[5]
local skip, want, draw, blocked, granted = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8]), 0, {}
local found = {}
local function give(id, n_answers)
  if n_answers >= 0 then
    local lease = prefix .. ':lease:' .. id
    redis.call('ZADD', lease, now + tonumber(lease_ttl), member)
    redis.call('PEXPIRE', lease, lease_ttl)
  end
  redis.call('SET', prefix .. ':request:' .. member .. ':' .. id, now, 'PX', request_ttl)
  granted[#granted + 1] = id
end
for i = 9, #ARGV, 3 do
  local id, n_answers, n_task_runs = ARGV[i], tonumber(ARGV[i + 1]), tonumber(ARGV[i + 2])
  local lease = prefix .. ':lease:' .. id
  local mine, free = false, n_answers < 0
  if not free then
    redis.call('ZREMRANGEBYSCORE', lease, '-inf', now)
    mine = redis.call('ZSCORE', lease, member)
    if not mine then
      local answered = tonumber(redis.call('GET', prefix .. ':answered:' .. id) or 0)
      free = n_answers - math.max(n_task_runs, answered) - redis.call('ZCARD', lease) > 0
    end
  end
  if mine or free then
    if skip > 0 then
      skip = skip - 1
    elseif draw >= 0 then
      found[#found + 1] = { id, n_answers }
      if #found == want then break end
    else
      give(id, n_answers)
      if #granted == want then break end
    end
  else
    blocked = blocked + 1
  end
end
if #found > 0 then
  local chosen = found[draw % #found + 1]
  give(chosen[1], chosen[2])
end
return { blocked, skip, unpack(granted) }`

/** ARGV: prefix, task id, member, number of task runs now, ttl of that number. */
const SETTLE = `
local prefix, id, member, n, ttl = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5]
redis.call('ZREM', prefix .. ':lease:' .. id, member)
redis.call('DEL', prefix .. ':request:' .. member .. ':' .. id)
local key = prefix .. ':answered:' .. id
if n > tonumber(redis.call('GET', key) or 0) then redis.call('SET', key, n, 'PX', ttl) end`

/** How long a committed number of answers is remembered: longer than a candidate can be old (the
 *  statement timeout and the replica's lag bound together). */
const ANSWERED_TTL_MS = 60_000
/** Redis does nothing else meanwhile: long lists of keys are sent in parts. */
const KEYS_AT_A_TIME = 1_000
/** Requests kept in this process while Redis is away. */
const UNSAVED_REQUESTS = 20_000

/** Who holds which answer slot, and who was given which task when. Lives in Redis. Without Redis tasks
 *  are given out unreserved: redundancy may then be exceeded (the late answer is stored as surplus),
 *  nothing is lost or doubled. */
export class Leases {
  readonly #redis: Redis
  readonly #options: LeaseOptions
  readonly #log: Log
  readonly #unsaved = new Map<string, number>()
  readonly #grant: ReturnType<typeof defineScript>
  readonly #settle: ReturnType<typeof defineScript>

  constructor(redis: Redis, options: LeaseOptions, log: Log) {
    this.#redis = redis
    this.#options = options
    this.#log = log
    this.#grant = defineScript(redis, 'grantLeases', GRANT)
    this.#settle = defineScript(redis, 'settleLease', SETTLE)
    redis.on('ready', () => void this.#saveRequests())
  }

  /** Leases up to `limit` of the candidates to the volunteer, after passing over `offset` that could
   *  have been leased. Asking again gives the same tasks and renews the lease. With a `draw` (a random
   *  whole number) only one of those is leased. */
  async grant(
    volunteerKey: string,
    candidates: Candidate[],
    offset: number,
    limit: number,
    draw?: number,
  ): Promise<Grant> {
    const { prefix, leaseTtlMs, requestTtlMs } = this.#options
    const now = Date.now()
    try {
      const [blocked, skip, ...ids] = (await this.#grant(
        prefix,
        now,
        leaseTtlMs,
        requestTtlMs,
        volunteerKey,
        offset,
        limit,
        draw ?? -1,
        ...candidates.flatMap((c) => [c.id, c.nAnswers, c.nTaskRuns]),
      )) as [number, number, ...string[]]
      return { ids: ids.map(Number), skip, blocked }
    } catch (error) {
      this.#log.debug({ err: error }, 'no leases without redis')
      const all = candidates.slice(offset, offset + limit).map((candidate) => candidate.id)
      const drawn = draw === undefined ? 0 : draw % Math.max(1, all.length)
      const ids = draw === undefined ? all : all.slice(drawn, drawn + 1)
      for (const id of ids) this.#rememberRequest(this.#requestKey(volunteerKey, id), now)
      return { ids, skip: Math.max(0, offset - candidates.length), blocked: 0 }
    }
  }

  /** When the volunteer was given the task, epoch milliseconds; `unknown` while Redis is away (then
   *  nobody is refused for it); undefined if the volunteer was never given it or too long ago. */
  async requestedAt(volunteerKey: string, taskId: number): Promise<number | 'unknown' | undefined> {
    const key = this.#requestKey(volunteerKey, taskId)
    const unsaved = this.#unsaved.get(key)
    if (unsaved) return unsaved
    try {
      const at = await this.#redis.get(key)
      return at === null ? undefined : Number(at)
    } catch {
      return 'unknown'
    }
  }

  /** After the commit of an answer: the slot is used up. Never throws: the lease would expire anyway. */
  async settle(volunteerKey: string, taskId: number, nTaskRuns: number): Promise<void> {
    this.#unsaved.delete(this.#requestKey(volunteerKey, taskId))
    await this.#settle(
      this.#options.prefix,
      taskId,
      volunteerKey,
      nTaskRuns,
      ANSWERED_TTL_MS,
    ).catch((error: unknown) => this.#log.debug({ err: error }, 'lease left to expire'))
  }

  /** After task runs were deleted or the redundancy changed: the remembered number is no longer true. */
  async forgetAnswers(taskIds: number[]): Promise<void> {
    for (let from = 0; from < taskIds.length; from += KEYS_AT_A_TIME) {
      const part = taskIds.slice(from, from + KEYS_AT_A_TIME)
      await this.#redis
        .unlink(...part.map((id) => `${this.#options.prefix}:answered:${id}`))
        .catch(() => {})
    }
  }

  #requestKey(volunteerKey: string, taskId: number): string {
    return `${this.#options.prefix}:request:${volunteerKey}:${taskId}`
  }

  #rememberRequest(key: string, at: number): void {
    this.#unsaved.set(key, at)
    if (this.#unsaved.size <= UNSAVED_REQUESTS) return
    const oldest = this.#unsaved.keys().next()
    if (!oldest.done) this.#unsaved.delete(oldest.value)
  }

  /** Redis is back: what was handed out meanwhile must be answerable at every other process too. */
  async #saveRequests(): Promise<void> {
    const requests = [...this.#unsaved]
    const pipeline = this.#redis.pipeline()
    for (const [key, at] of requests) pipeline.set(key, at, 'PX', this.#options.requestTtlMs, 'NX')
    const rows = await pipeline.exec().catch(() => null)
    if (rows?.every(([error]) => !error)) for (const [key] of requests) this.#unsaved.delete(key)
  }
}
