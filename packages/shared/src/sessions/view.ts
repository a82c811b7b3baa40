import type { UserRow } from '../users/table.ts'
import type { Session } from './contract.ts'

type SessionUser = Pick<UserRow, 'id' | 'name' | 'fullname' | 'emailAddr' | 'admin' | 'locale'>

export function toSessionView(user: SessionUser | null): Session {
  if (!user) return { user: null }
  const { id, name, fullname, emailAddr, admin, locale } = user
  return { user: { id, name, fullname, email_addr: emailAddr, admin, locale } }
}
