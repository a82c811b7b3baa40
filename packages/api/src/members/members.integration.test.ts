import type { ProjectRow } from '@manyhands/shared/projects/table'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import type { UserRow } from '@manyhands/shared/users/table'
import { sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform()
interface Person {
  user: UserRow
  client: ApiClient
}
let make: (flags?: { admin?: boolean }) => Promise<Person>
let creator: Person
let coOwner: Person
let tester: Person
let stranger: Person
let anonymous: ApiClient
let project: ProjectRow

beforeAll(async () => {
  const app = createApp(platform.ctx)
  const client = (key?: string) =>
    new ApiClient((request) => app.fetch(request), key ? { authorization: key } : {})
  make = async (flags) => {
    const { user, apiKey } = await platform.make.user(flags)
    return { user, client: client(apiKey) }
  }
  ;[creator, coOwner, tester, stranger] = [await make(), await make(), await make(), await make()]
  anonymous = client()
})
beforeEach(async () => {
  project = await platform.make.project({ ownerId: creator.user.id, published: false })
})

const path = (rest: string) => `/api/projects/${project.shortName}/${rest}`
const names = (list: Array<{ name: string }>) => list.map(({ name }) => name)
const lastChange = async (attribute: string) =>
  (await creator.client.get(path(`audit-log?attribute=${attribute}&limit=1`))).body.items[0]

describe('co-owners', () => {
  it('may do what owners may, from the moment they are added until they are removed', async () => {
    const { name } = coOwner.user
    const { status, body } = await creator.client.post(path('members/co-owners'), { name })
    expect([status, names(body.co_owners)]).toEqual([200, [name]])
    expect((await coOwner.client.get(path('members'))).status).toBe(200)
    expect(await lastChange('owners_ids')).toMatchObject({
      old_value: JSON.stringify([creator.user.id]),
      new_value: JSON.stringify([creator.user.id, coOwner.user.id]),
      user_name: creator.user.name,
    })
    expect((await creator.client.delete(path(`members/co-owners/${name}`))).status).toBe(204)
    expect((await coOwner.client.get(path('members'))).status).toBe(403)
  })

  it('may be added twice without harm', async () => {
    for (let round = 0; round < 2; round++) {
      const { body } = await creator.client.post(path('members/co-owners'), {
        name: coOwner.user.name,
      })
      expect(names(body.co_owners)).toEqual([coOwner.user.name])
    }
  })

  it('may leave, and may not remove the creator', async () => {
    await creator.client.post(path('members/co-owners'), { name: coOwner.user.name })
    const remove = (name: string) => coOwner.client.delete(path(`members/co-owners/${name}`))
    expect((await remove(creator.user.name)).status).toBe(415)
    expect((await remove(coOwner.user.name)).status).toBe(204)
  })

  it('are added by their exact name', async () => {
    for (const name of [coOwner.user.name.toUpperCase(), coOwner.user.emailAddr, 'nobody']) {
      const { status } = await creator.client.post(path('members/co-owners'), { name })
      expect([name, status]).toEqual([name, 404])
    }
  })
})

describe('testers', () => {
  it('see and answer a draft, and change nothing', async () => {
    await platform.make.tasks(1, { project })
    const task = () => tester.client.get(`/api/project/${project.id}/newtask`)
    expect((await task()).status).toBe(403)
    await creator.client.post(path('members/testers'), { name: tester.user.name })
    expect((await task()).status).toBe(200)
    expect((await tester.client.put(`/api/project/${project.id}`, { name: 'x' })).status).toBe(403)
    expect((await tester.client.get(path('members'))).status).toBe(403)
    await creator.client.delete(path(`members/testers/${tester.user.name}`))
    expect((await task()).status).toBe(403)
  })
})

it.each([
  ['GET', 'members', undefined],
  ['POST', 'members/co-owners', { name: 'x' }],
  ['POST', 'members/testers', { name: 'x' }],
  ['DELETE', 'members/co-owners/x', undefined],
  ['DELETE', 'members/testers/x', undefined],
  ['POST', 'transfer', { to: 'x' }],
  ['DELETE', 'transfer', undefined],
  ['POST', 'transfer/accept', undefined],
  ['POST', 'transfer/decline', undefined],
])('%s %s is not for strangers', async (method, rest, body) => {
  expect((await anonymous.send(method, path(rest), body)).status).toBe(401)
  expect((await stranger.client.send(method, path(rest), body)).status).toBe(403)
})

describe('a project that is offered', () => {
  const offer = (to: string) => creator.client.post(path('transfer'), { to })
  const offers = async ({ client }: Person) =>
    (await client.get('/api/account/project-offers')).body

  it('belongs to whom it was offered once they accept, and its creator stays a co-owner', async () => {
    const heir = await make()
    expect((await offer(heir.user.name)).status).toBe(200)
    expect(await offers(heir)).toMatchObject([
      { project: { id: project.id }, from: { name: creator.user.name } },
    ])
    expect((await heir.client.get(path('members'))).status).toBe(403)
    expect((await heir.client.post(path('transfer/accept'))).status).toBe(204)
    const { body } = await heir.client.get(path('members'))
    expect([body.owner.name, names(body.co_owners), body.transfer_offered_to]).toEqual([
      heir.user.name,
      [creator.user.name],
      null,
    ])
    expect(await lastChange('owner_id')).toMatchObject({
      old_value: String(creator.user.id),
      new_value: String(heir.user.id),
      user_name: heir.user.name,
    })
    expect(await offers(heir)).toEqual([])
    expect((await heir.client.post(path('transfer/accept'))).status).toBe(403)
  })

  it('stays where it is when they decline', async () => {
    const heir = await make()
    await offer(heir.user.emailAddr.toUpperCase())
    expect((await heir.client.post(path('transfer/decline'))).status).toBe(204)
    const { body } = await creator.client.get(path('members'))
    expect([body.owner.name, body.transfer_offered_to]).toEqual([creator.user.name, null])
    expect(await lastChange('transfer_offered_to')).toMatchObject({
      new_value: null,
      user_name: heir.user.name,
    })
  })

  it('can be taken back, or offered to somebody else instead', async () => {
    const [first, second] = [await make(), await make()]
    await offer(first.user.name)
    await offer(second.user.name)
    expect([await offers(first), (await offers(second)).length]).toEqual([[], 1])
    expect((await creator.client.delete(path('transfer'))).status).toBe(204)
    expect(await offers(second)).toEqual([])
    expect((await second.client.post(path('transfer/accept'))).status).toBe(403)
  })

  it('tells nobody whether somebody has an address', async () => {
    const heir = await make()
    const known = await offer(heir.user.emailAddr)
    const members = (await creator.client.get(path('members'))).body
    const unknown = await offer('nobody@example.org')
    expect([unknown.status, known.status]).toEqual([200, 200])
    expect(Object.keys(unknown.body)).toEqual(Object.keys(known.body))
    expect(members.transfer_offered_to).toBe(heir.user.emailAddr)
    expect((await creator.client.get(path('members'))).body.transfer_offered_to).toBe(
      'nobody@example.org',
    )
    expect(JSON.stringify(members)).not.toContain(heir.user.fullname)
    expect(JSON.stringify(await lastChange('transfer_offered_to'))).not.toContain(
      `${heir.user.name}"`,
    )
  })

  it.each([
    ['an unknown name', () => 'nobody', 404],
    ['its owner', () => creator.user.name, 415],
    ['nobody', () => '', 415],
  ])('is not offered to %s', async (_, to, status) => {
    expect((await offer(to())).status).toBe(status)
  })

  it('is not given away by a co-owner, who could take it', async () => {
    await creator.client.post(path('members/co-owners'), { name: coOwner.user.name })
    const { status } = await coOwner.client.post(path('transfer'), { to: coOwner.user.name })
    expect(status).toBe(403)
  })

  it('is offered to nobody who wants nothing done with their account', async () => {
    const heir = await make()
    await platform.ctx.db.primary.execute(
      sql`update users set "restrict" = true where id = ${heir.user.id}`,
    )
    expect((await offer(heir.user.name)).status).toBe(404)
  })
})

it('asks who the caller is before it lists offers', async () => {
  expect((await anonymous.get('/api/account/project-offers')).status).toBe(401)
})
