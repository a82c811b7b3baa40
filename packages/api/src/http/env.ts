import type { HttpBindings } from '@hono/node-server'
import type { Context as PlatformContext } from '@manyhands/shared/context/context'
import type { Lsn } from '@manyhands/shared/db/lsn'
import type { Reader } from '@manyhands/shared/db/types'
import type { Caller as Permissions } from '@manyhands/shared/users/policy'
import type { Volunteer } from '@manyhands/shared/volunteers/identity'

/** The account behind a request. */
export interface Account {
  id: number
  name: string
  fullname: string
  emailAddr: string
  admin: boolean
  subadmin: boolean
  pro: boolean
  locale: string
}

/** Who is calling: an account or nobody, and the volunteer that their answers count for. */
export interface Caller extends Permissions {
  account: Account | null
  /** A key is a script's: it acts for the account, but does not change how the account signs in. */
  signedInWith: 'session' | 'api-key' | null
  volunteer: Volunteer
}

/** What a service works with: the process's context and this request's caller. */
export interface ServiceContext extends PlatformContext {
  caller: Caller
  requestId: string
  /** What the caller's program calls itself, cut to a sane length. */
  userAgent: string | null
  /** Pseudonym of the caller's address: for counting tries, never the address itself. */
  addressPseudonym: () => string
  /** Reads on a replica that shows this caller their own writes. */
  read: <T>(query: (db: Reader) => Promise<T>) => Promise<T>
  /** After a commit: this caller's next reads see it, on whichever process. */
  wrote: () => Promise<Lsn | undefined>
}

export interface Problem {
  exception_cls: string
  error_code: string
  fields?: string[]
}

export interface Env {
  Bindings: HttpBindings
  Variables: {
    ctx: ServiceContext
    requestId: string
    /** The object's name in error bodies. */
    target: string
    /** Of an answer that has a policy of its own instead of the app's. */
    contentSecurityPolicy?: string
    /** What error bodies call the method, where the original does not call it by its verb. */
    action?: string
    /** What refusals for the rate limit call the method. */
    view?: string
    /** One of the original's pages rather than its API: errors have those keys too. */
    isPage?: boolean
    /** What was wrong with the request, for its line in the log: names only, never values. */
    problem?: Problem
  }
}
