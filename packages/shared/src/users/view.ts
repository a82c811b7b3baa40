import type { AdminUser, User } from './contract.ts'
import type { UserDetail } from './policy.ts'
import type { UserRow } from './table.ts'

/** What of an account `detail` lets through; no key and no hash in any of them (rest-api.md section 2.9). */
export function toUserView(row: UserRow, detail: UserDetail): User {
  const { name, locale, fullname, created } = row
  if (detail === 'name') return { name, locale }
  if (detail === 'open') return { name, locale, fullname, created }
  return {
    created,
    name,
    fullname,
    info: row.info,
    n_answers: null,
    registered_ago: null,
    rank: null,
    score: null,
    locale,
    id: row.id,
    email_addr: row.emailAddr,
  }
}

/** An account for admins: whom they look up and which roles they have. */
export function toAdminUserView(row: UserRow): AdminUser {
  return {
    id: row.id,
    created: row.created,
    name: row.name,
    fullname: row.fullname,
    email_addr: row.emailAddr,
    valid_email: row.validEmail,
    locale: row.locale,
    restrict: row.restrict,
    admin: row.admin,
    subadmin: row.subadmin,
    pro: row.pro,
  }
}
