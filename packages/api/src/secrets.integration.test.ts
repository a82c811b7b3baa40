import { blogposts } from '@manyhands/shared/blogposts/table'
import { mailedLinks } from '@manyhands/shared/mailed-links/table'
import { insertOutboxRow } from '@manyhands/shared/outbox/repository'
import { updateProject } from '@manyhands/shared/projects/repository'
import { results } from '@manyhands/shared/results/table'
import { hashPassword } from '@manyhands/shared/secrets/passwords'
import { hashToken } from '@manyhands/shared/secrets/secrets'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { updateUser } from '@manyhands/shared/users/repository'
import { beforeAll, expect, it } from 'vitest'
import { createApp } from './app.ts'

const ROLES = [
  'anonymous',
  'stranger',
  'contributor',
  'coOwner',
  'owner',
  'subadmin',
  'admin',
] as const
type Role = (typeof ROLES)[number]

/** A text that must not be in any answer, but for these (role and path) where it belongs. */
interface Secret {
  what: string
  text: string
  belongs?: (role: Role, path: string) => boolean
}

interface Operation {
  method: string
  path: string
  parameters: { name: string; in: string }[]
}

const platform = useTestPlatform({ env: { RATE_LIMIT: '1000000' } })
let app: ReturnType<typeof createApp>
const keys: Partial<Record<Role, string>> = {}
const secrets: Secret[] = []
let operations: Operation[]
/** What fills the parameters of paths: every object of the one project. */
let values: Record<string, string>
/** The wire objects by id, whose paths all end with `{id}`. */
let ids: Record<string, number>

beforeAll(async () => {
  app = createApp(platform.ctx)
  const { make, ctx } = platform
  const db = ctx.db.primary
  const people = {
    stranger: await make.user(),
    contributor: await make.user(),
    coOwner: await make.user(),
    owner: await make.user(),
    subadmin: await make.user(),
    admin: await make.user({ admin: true }),
  }
  await updateUser(db, people.subadmin.user.id, { subadmin: true })
  const isAdmin = (role: Role) => role === 'admin'
  for (const [name, { user, apiKey }] of Object.entries(people)) {
    const role = name as Exclude<Role, 'anonymous'>
    keys[role] = apiKey
    const otpSecretSealed = ctx.secrets.seal('api-key', `otp-of-${role}`)
    await updateUser(db, user.id, {
      otpSecretSealed,
      recoveryCodeHashes: [hashToken(`recovery-${role}`).toString('base64url')],
      ckanApi: `ckan-key-of-${role}`,
    })
    secrets.push(
      {
        what: `${role}'s API key`,
        text: apiKey,
        belongs: (asker, path) => asker === role && path === '/api/account/api-key',
      },
      { what: `${role}'s sealed key`, text: user.apiKeySealed ?? '' },
      { what: `${role}'s password`, text: user.passwdHash ?? '' },
      { what: `${role}'s one-time codes`, text: otpSecretSealed },
      {
        what: `${role}'s recovery code`,
        text: hashToken(`recovery-${role}`).toString('base64url'),
      },
      {
        what: `${role}'s e-mail address`,
        text: user.emailAddr,
        belongs: (asker) => asker === role || isAdmin(asker),
      },
      {
        what: `${role}'s key for CKAN`,
        text: `ckan-key-of-${role}`,
        belongs: (asker, path) => asker === role && path.startsWith('/api/account'),
      },
    )
  }
  const isOwner = (role: Role) => ['coOwner', 'owner', 'admin'].includes(role)
  const project = await make.project({
    ownerId: people.owner.user.id,
    webhook: 'https://hooks.example.org/very-private',
    info: {
      results: 'private results page',
      task_presenter: '<p></p>',
      autoimporter: 'private importer',
    },
  })
  const webhookSecretSealed = ctx.secrets.seal('api-key', 'signs webhooks')
  const passwordHash = await hashPassword('open sesame')
  await updateProject(db, project.id, {
    ownersIds: [people.owner.user.id, people.coOwner.user.id],
    webhookSecretSealed,
  })
  const locked = await make.project({ ownerId: people.owner.user.id })
  await updateProject(db, locked.id, { passwordHash })
  const [task] = await make.tasks(2, { project })
  const [lockedTask] = await make.tasks(1, { project: locked })
  await insertOutboxRow(db, 'nothing', { note: 'not for anybody' })
  const [link] = await db
    .insert(mailedLinks)
    .values({
      purpose: 'reset-password',
      userId: people.owner.user.id,
      emailAddr: people.owner.user.emailAddr,
      expires: new Date(Date.now() + 3_600_000),
    })
    .returning()
  const [post] = await db
    .insert(blogposts)
    .values({ projectId: project.id, title: 'x', body: 'unpublished words' })
    .returning()
  const [result] = await db
    .insert(results)
    .values({ projectId: project.id, taskId: task?.id ?? 0, taskRunIds: [] })
    .returning()
  secrets.push(
    {
      what: 'the secret key of a project',
      text: project.secretKey,
      belongs: (role, path) => isOwner(role) && path === '/api/projects/{shortName}/secret-key',
    },
    { what: "a webhook's sealed secret", text: webhookSecretSealed },
    { what: "a project's password", text: passwordHash },
    { what: 'a link that was mailed', text: link?.id ?? '' },
    { what: 'the address of a webhook', text: 'very-private', belongs: isOwner },
    { what: 'a private results page', text: 'private results page', belongs: isOwner },
    { what: 'a private importer', text: 'private importer', belongs: isOwner },
    {
      what: 'an unpublished post',
      text: 'unpublished words',
      belongs: (role) => isOwner(role) || role === 'subadmin',
    },
    { what: 'the secret of the server', text: platform.config.SECRET },
    { what: 'any password hash', text: '$argon2' },
    { what: 'the database address', text: platform.config.DATABASE_URL },
  )
  values = {
    shortName: project.shortName,
    short_name: project.shortName,
    name: project.shortName,
    taskId: String(task?.id),
    project_id: String(project.id),
  }
  ids = {
    project: project.id,
    task: task?.id ?? 0,
    result: result?.id ?? 0,
    user: people.owner.user.id,
    blogpost: post?.id ?? 0,
    category: project.categoryId,
    lockedTask: lockedTask?.id ?? 0,
  }
  const document = (await (await app.request('/api/openapi.json')).json()) as {
    paths: Record<string, Record<string, { parameters?: Operation['parameters'] }>>
  }
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, { parameters?: Operation['parameters'] }>).map(
      ([method, { parameters = [] }]) => ({ method: method.toUpperCase(), path, parameters }),
    ),
  )
})

it('shows a secret where it belongs, so that the crawl can find one', async () => {
  const key = await ask('owner', 'GET', `/api/projects/${values.shortName}/secret-key`)
  expect(key).toContain(secrets.find(({ what }) => what === 'the secret key of a project')?.text)
  expect(await ask('stranger', 'GET', '/api/account/api-key')).toContain(keys.stranger)
})

it.each(ROLES)('nothing that %s can read holds a secret', async (role) => {
  const { asked, found } = await crawl(role, (method) => method === 'GET')
  expect(asked).toBeGreaterThan(60)
  expect(found).toEqual([])
})

/** A new key would make the old one, which is looked for, worthless. Removing and signing out end a crawl. */
const NOT_CRAWLED = /key|secret|sessions?$/

it.each(ROLES)('nothing that %s writes is answered with a secret', async (role) => {
  const { asked, found } = await crawl(
    role,
    (method, path) => ['POST', 'PUT'].includes(method) && !NOT_CRAWLED.test(path),
  )
  expect(asked).toBeGreaterThan(60)
  expect(found).toEqual([])
})

async function crawl(role: Role, takes: (method: string, path: string) => boolean) {
  const found: string[] = []
  let asked = 0
  for (const { method, path } of operations) {
    if (!takes(method, path)) continue
    for (const address of addressesOf(path)) {
      const text = await ask(role, method, address)
      asked++
      for (const secret of secrets) {
        if (!secret.text || !text.includes(secret.text) || secret.belongs?.(role, path)) continue
        found.push(`${method} ${address} shows ${secret.what}`)
      }
    }
  }
  return { asked, found }
}

/** A path with its parameters filled, with the list arguments that show more; `{id}` of an object that
 *  is not known here gets the first ids. */
function addressesOf(path: string): string[] {
  const [, object = ''] = /^\/api\/(\w+)\/\{id\}/.exec(path) ?? []
  const id = ids[object]
  const candidates = path.includes('{id}') ? (id ? [id] : [1, 2]) : [0]
  return candidates.flatMap((number) => {
    const address = path
      .replaceAll('{id}', String(number))
      .replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '1')
    return [address, `${address}?all=1&limit=100&stats=1&related=1&full=1`]
  })
}

async function ask(role: Role, method: string, address: string): Promise<string> {
  const key = keys[role]
  const stop = new AbortController()
  const response = await app.fetch(
    new Request(new URL(address, platform.config.PUBLIC_URL), {
      method,
      headers: { ...(key && { authorization: key }) },
      signal: stop.signal,
      ...(method !== 'GET' && { body: '{}' }),
    }),
  )
  const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n')
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) {
    return `${headers}\n${await response.text()}`
  }
  // A stream goes on for ever: its first message is enough.
  const reader = response.body?.getReader()
  const first = await reader?.read()
  await reader?.cancel()
  stop.abort()
  return `${headers}\n${new TextDecoder().decode(first?.value)}`
}
