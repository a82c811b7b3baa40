import type { UserRow } from '../users/table.ts'
import type { Account } from './contract.ts'

/** An account for its own person. No key, no hash: those have their own endpoints, or none. */
export function toAccountView(row: UserRow, pendingAddress: string | undefined): Account {
  return {
    id: row.id,
    created: row.created,
    name: row.name,
    fullname: row.fullname,
    email_addr: row.emailAddr,
    valid_email: row.validEmail,
    pending_email_addr: pendingAddress ?? null,
    locale: row.locale,
    privacy_mode: row.privacyMode,
    restrict: row.restrict,
    subscribed: row.subscribed,
    consent: row.consent,
    ckan_api: row.ckanApi,
    user_pref: row.userPref,
    info: row.info,
    admin: row.admin,
    subadmin: row.subadmin,
    pro: row.pro,
    has_password: row.passwdHash !== null,
  }
}
