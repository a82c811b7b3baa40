import type { Context as PlatformContext } from '@manyhands/shared/context/context'
import type { Lsn } from '@manyhands/shared/db/lsn'
import { createMiddleware } from 'hono/factory'
import { addressPseudonym, findCaller } from './caller.ts'
import type { Caller, Env, ServiceContext } from './env.ts'

const USER_AGENT_LENGTH = 300

/** Adds the caller and the request's own view of the database to the process's context. */
export function requestContext(platform: PlatformContext) {
  return createMiddleware<Env>(async (c, next) => {
    // The cookies' attributes need the configuration before there is a caller.
    c.set('ctx', platform as ServiceContext)
    const caller = await findCaller(c, platform)
    c.set(
      'ctx',
      bindContext(platform, caller, c.var.requestId, {
        userAgent: c.req.header('user-agent'),
        addressPseudonym: () => addressPseudonym(c, platform),
      }),
    )
    await next()
  })
}

/** The context of one request. */
export function bindContext(
  platform: PlatformContext,
  caller: Caller,
  requestId: string,
  client: { userAgent: string | undefined; addressPseudonym: () => string },
): ServiceContext {
  const hasReplicas = platform.config.DATABASE_REPLICA_URLS.length > 0
  // Asked for once a request, with the first read.
  let position: ReturnType<typeof platform.positions.recall> | undefined
  return {
    ...platform,
    caller,
    requestId,
    userAgent: client.userAgent?.slice(0, USER_AGENT_LENGTH) ?? null,
    addressPseudonym: client.addressPseudonym,
    async read(query) {
      if (!hasReplicas) return query(platform.db.primary)
      position ??= platform.positions.recall(caller.volunteer.key)
      const written = await position
      if (written === 'unknown') return query(platform.db.primary)
      return platform.db.read(query, written)
    },
    async wrote(): Promise<Lsn | undefined> {
      if (!hasReplicas) return undefined
      const written = await platform.db.commitPosition()
      position = Promise.resolve(written)
      await platform.positions.remember(caller.volunteer.key, written)
      return written
    },
  }
}
