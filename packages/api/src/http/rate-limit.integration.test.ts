import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const WINDOW = 600
const platform = useTestPlatform({
  env: { RATE_LIMIT: '5', RATE_LIMIT_WINDOW_SECONDS: String(WINDOW), SIGN_IN_LIMIT: '3' },
})
let app: ReturnType<typeof createApp>
let now = 0
beforeAll(() => {
  // Far from the end of a window, whenever the tests run.
  platform.ctx.clock = () => now
  now = Math.floor(Date.now() / 1_000 / WINDOW) * WINDOW * 1_000 + 1_000
  app = createApp(platform.ctx)
})
const client = (headers: Record<string, string> = {}) =>
  new ApiClient((request) => app.fetch(request), headers)
const account = async () => client({ authorization: (await platform.make.user()).apiKey })
const rates = ({ headers }: { headers: Headers }) =>
  ['limit', 'remaining', 'reset'].map((name) => Number(headers.get(`x-ratelimit-${name}`)))
const windowEnd = () => (Math.floor(now / 1_000 / WINDOW) + 1) * WINDOW

describe('the rate limit', () => {
  it('counts down to nothing, which is refused, and starts anew with the next window', async () => {
    const caller = await account()
    const answers = []
    for (let n = 0; n < 6; n++) answers.push(await caller.get('/api/task'))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 429, 429])
    expect(answers.map(rates)).toEqual([4, 3, 2, 1, 0, 0].map((left) => [5, left, windowEnd()]))
    now += WINDOW * 1_000
    expect(rates(await caller.get('/api/task'))).toEqual([5, 4, windowEnd()])
  })

  it('refuses in the words of the contract, with the path as target', async () => {
    const caller = await account()
    for (let n = 0; n < 4; n++) await caller.get('/api/category')
    const { status, body, headers } = await caller.get('/api/category/1')
    expect([status, body]).toEqual([
      429,
      expect.objectContaining({
        action: 'GET',
        status: 'failed',
        status_code: 429,
        target: '/api/category/1',
        exception_cls: 'TooManyRequests',
      }),
    ])
    expect(Number(headers.get('retry-after'))).toBe(windowEnd() - now / 1_000)
    expect((await caller.post('/api/category', {})).body.action).toBe('POST')
  })

  it.each([
    ['/api/project/1/newtask', 'NEW_TASK'],
    ['/api/project/1/userprogress', 'USER_PROGRESS'],
    ['/api/auth/project/x/token', 'AUTH_JWT_PROJECT'],
  ])('of %s is reported as %s', async (path, action) => {
    const caller = await account()
    for (let n = 0; n < 4; n++) await caller.get(path)
    const { status, body } = await caller.get(path)
    expect([status, body.action, body.target]).toEqual([429, action, path])
  })

  it('counts every method, HEAD too, list and single objects together, and OPTIONS never', async () => {
    const caller = await account()
    const left = async (method: string, path: string, body?: unknown) =>
      rates(await caller.send(method, path, body))[1]
    await caller.send('OPTIONS', '/api/task')
    expect(await left('GET', '/api/task')).toBe(4)
    await caller.send('OPTIONS', '/api/task')
    expect(await left('HEAD', '/api/task')).toBe(3)
    expect(await left('POST', '/api/task', 'nonsense')).toBe(2)
    expect(await left('GET', '/api/task/999999')).toBe(1)
    expect(await left('GET', '/api/result')).toBe(4)
  })

  it('is one for all projects where it is of a helper, and each caller has their own', async () => {
    const [one, other] = [await account(), await account()]
    expect(rates(await one.get('/api/project/1/newtask'))[1]).toBe(4)
    expect(rates(await one.get('/api/project/2/newtask'))[1]).toBe(3)
    expect(rates(await other.get('/api/project/1/newtask'))[1]).toBe(4)
  })

  it('of globalstats is what the contract fixes, whatever the setting', async () => {
    const end = (Math.floor(now / 1_000 / 900) + 1) * 900
    expect(rates(await (await account()).get('/api/globalstats'))).toEqual([300, 299, end])
  })

  it('has a bound for all browsers of one address, since a cookie costs nothing', async () => {
    const statuses: number[] = []
    while (statuses.at(-1) !== 429 && statuses.length < 600) {
      const id = `browser-${statuses.length}`
      const signature = platform.ctx.secrets.sign('anonymous-cookie', id)
      const browser = client({ cookie: `mh_volunteer=${id}.${signature}` })
      statuses.push((await browser.get('/api/result?limit=0')).status)
    }
    // A hundred browsers may use up their limit of five.
    expect([statuses.length, statuses.at(-2), statuses.at(-1)]).toEqual([500, 200, 429])
    expect((await (await account()).get('/api/result')).status).toBe(200)
  })

  it('stands on no answer to a path that there is not', async () => {
    const { status, headers } = await (await account()).get('/api/nothing')
    expect([status, headers.get('x-ratelimit-limit')]).toEqual([404, null])
  })
})

describe('signing in', () => {
  it('is tried a few times only with one account, from wherever', async () => {
    const { user } = await platform.make.user({ password: 'correct horse' })
    const attempt = (password: string) =>
      client().post('/api/session', { login: user.name, password })
    expect((await attempt('wrong')).status).toBe(401)
    expect((await attempt('wrong too')).status).toBe(401)
    expect((await attempt('correct horse')).status).toBe(429)
    const { user: other } = await platform.make.user({ password: 'correct horse' })
    const signedIn = await client().post('/api/session', {
      login: other.name,
      password: 'correct horse',
    })
    expect(signedIn.status).toBe(200)
  })
})
