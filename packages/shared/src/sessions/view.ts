import type { UserRow } from '../users/table.ts'
import type { OwnSession, Session } from './contract.ts'
import type { SessionRow } from './table.ts'

type SessionUser = Pick<UserRow, 'id' | 'name' | 'fullname' | 'emailAddr' | 'admin' | 'locale'>

export function toSessionView(user: SessionUser | null): Session {
  if (!user) return { user: null }
  const { id, name, fullname, emailAddr, admin, locale } = user
  return { user: { id, name, fullname, email_addr: emailAddr, admin, locale } }
}

/** Names a session to its own account; opens nothing. */
export function sessionId({ tokenHash }: Pick<SessionRow, 'tokenHash'>): string {
  return Buffer.from(tokenHash).toString('hex').slice(0, 16)
}

export function toOwnSessionView(row: SessionRow, current: boolean): OwnSession {
  return {
    id: sessionId(row),
    created: row.created.toISOString(),
    expires: row.expires.toISOString(),
    user_agent: row.userAgent,
    current,
  }
}
