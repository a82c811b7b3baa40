import 'fake-indexeddb/auto'
import { ApiError, NetworkError } from '@manyhands/shared/client/api-errors'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AnswerOutbox } from './answer-outbox.ts'
import { type AnswerStore, openAnswerStore, type PendingAnswer } from './answer-store.ts'

function memoryStore(): AnswerStore {
  const kept = new Map<string, PendingAnswer>()
  return {
    list: async () => [...kept.values()],
    put: async (answer) => void kept.set(answer.key, { ...answer }),
    remove: async (key) => void kept.delete(key),
  }
}

function anAnswer(key: string, change: Partial<PendingAnswer> = {}): PendingAnswer {
  const run = { project_id: 1, task_id: Number(key), info: { answer: 'yes' } }
  return { key, run, accountId: null, givenAt: Number(key), ...change }
}

const offline = new NetworkError('unreachable')
const forbidden = new ApiError({
  status: 403,
  code: 'forbidden',
  message: 'You have answered this',
})
const unavailable = (retryAfterMs?: number) =>
  new ApiError({ status: 503, code: 'unavailable', message: 'not now', retryAfterMs })

describe('the outbox of answers', () => {
  let store: AnswerStore
  let sent: string[]
  /** What the next attempts meet, one each; then all goes well. */
  let troubles: unknown[]
  const send = async ({ key }: PendingAnswer) => {
    sent.push(key)
    const trouble = troubles.shift()
    if (trouble) throw trouble
  }
  const open = (accountId: number | null = null, onRefused?: (answer: PendingAnswer) => void) =>
    new AnswerOutbox({
      store,
      send,
      accountId: () => accountId,
      ...(onRefused ? { onRefused } : {}),
    })

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    store = memoryStore()
    sent = []
    troubles = []
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.restoreAllMocks()
  })

  it('sends an answer and forgets it once it is acknowledged', async () => {
    const outbox = open()
    await outbox.add(anAnswer('1'))
    await vi.waitFor(() => expect(outbox.getState()).toMatchObject({ phase: 'idle', waiting: 0 }))
    expect(sent).toEqual(['1'])
    expect(await store.list()).toEqual([])
  })

  it('keeps answers while offline and sends them, oldest first, when the network is back', async () => {
    troubles = [offline]
    const outbox = open()
    await outbox.add(anAnswer('1'))
    await outbox.add(anAnswer('2'))
    await vi.waitFor(() =>
      expect(outbox.getState()).toMatchObject({ phase: 'offline', waiting: 2 }),
    )
    expect(await store.list()).toHaveLength(2)

    await outbox.sendNow()
    expect(sent).toEqual(['1', '1', '2'])
    expect(outbox.getState()).toMatchObject({ phase: 'idle', waiting: 0 })
  })

  it('tries again by itself, each time later, always with the same key', async () => {
    // The middle of the jitter: waits of 1, 2 and 4 seconds.
    vi.spyOn(Math, 'random').mockReturnValue(0.5)
    troubles = [unavailable(), unavailable(), unavailable()]
    const outbox = open()
    await outbox.add(anAnswer('1'))
    await vi.waitFor(() => expect(outbox.getState().phase).toBe('failing'))
    await vi.advanceTimersByTimeAsync(1_300)
    expect(sent).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(1_300)
    expect(sent).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(sent).toEqual(['1', '1', '1', '1'])
    expect(outbox.getState()).toMatchObject({ phase: 'idle', waiting: 0 })
  })

  it('waits as long as the server asks for', async () => {
    troubles = [unavailable(30_000)]
    const outbox = open()
    await outbox.add(anAnswer('1'))
    await vi.advanceTimersByTimeAsync(29_000)
    expect(sent).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(sent).toHaveLength(2)
  })

  it('takes up after a reload what the page before left behind', async () => {
    store = openAnswerStore()
    troubles = [offline]
    await open().add(anAnswer('1'))
    await vi.waitFor(async () => expect(await store.list()).toHaveLength(1))

    const afterReload = open()
    await afterReload.load()
    expect(sent).toEqual(['1', '1'])
    expect(await store.list()).toEqual([])
  })

  it('tells of an answer that the server will never take, and goes on with the others', async () => {
    const refusals: string[] = []
    troubles = [forbidden]
    const outbox = open(null, ({ key }) => refusals.push(key))
    await outbox.add(anAnswer('1'))
    await outbox.add(anAnswer('2'))
    await vi.waitFor(() => expect(sent).toEqual(['1', '2']))
    await vi.waitFor(() => expect(outbox.getState().waiting).toBe(0))
    expect(outbox.getState().refused).toMatchObject([
      { key: '1', refusal: 'You have answered this' },
    ])
    expect(refusals).toEqual(['1'])

    await outbox.dismiss('1')
    expect(outbox.getState().refused).toEqual([])
    expect(await store.list()).toEqual([])
  })

  it('never sends the answer of one account as another', async () => {
    await store.put(anAnswer('1', { accountId: 7 }))
    const strangers = open(8)
    await strangers.load()
    expect(sent).toEqual([])
    expect(strangers.getState()).toMatchObject({ waiting: 0, held: 1 })

    await open(7).load()
    expect(sent).toEqual(['1'])
  })
})
