import { eq, sql } from 'drizzle-orm'
import { writeRows } from '../db/raw.ts'
import type { Writer } from '../db/types.ts'
import { identities } from '../identities/table.ts'
import { deleteMailedLinksOf } from '../mailed-links/repository.ts'
import { orderMail } from '../mails/order-mail.ts'
import { deleteMailsTo } from '../mails/repository.ts'
import { insertOutboxRow } from '../outbox/repository.ts'
import { passkeys } from '../passkeys/table.ts'
import { randomToken } from '../secrets/secrets.ts'
import { endSessions } from '../sessions/repository.ts'
import { updateUser } from '../users/repository.ts'
import type { UserRow } from '../users/table.ts'
import { ACCOUNT_ERASED } from './events.ts'

export interface Stripped {
  /** Sessions that are gone. */
  ended: Uint8Array[]
  /** Projects that the account helped to run or to try out. */
  projectIds: number[]
}

/** Takes everything of its person out of a locked account, so that nobody signs in to it, finds it or
 *  answers with it from the commit on; its name and address are free. The row stays until the job has
 *  made its answers nobody's. */
export async function stripAccount(tx: Writer, user: UserRow): Promise<Stripped> {
  await deleteMailsTo(tx, user.emailAddr)
  await orderMail(tx, user, 'account-erased', {})
  const ended = await endSessions(tx, user.id)
  await tx.delete(passkeys).where(eq(passkeys.userId, user.id))
  await tx.delete(identities).where(eq(identities.userId, user.id))
  await deleteMailedLinksOf(tx, user.id)
  await updateUser(tx, user.id, {
    // A space: no name that anybody may choose.
    name: `erased ${user.id}`,
    fullname: 'erased',
    emailAddr: `erased-${user.id}@erased.invalid`,
    locale: 'en',
    apiKeyHash: null,
    apiKeySealed: null,
    passwdHash: null,
    ldap: null,
    ckanApi: null,
    otpSecretSealed: null,
    otpEnabled: false,
    otpLastStep: null,
    recoveryCodeHashes: [],
    admin: false,
    subadmin: false,
    pro: false,
    privacyMode: true,
    restrict: true,
    subscribed: false,
    consent: false,
    validEmail: false,
    userPref: null,
    notifiedAt: null,
    info: { erasure_salt: randomToken() },
    erased: new Date(),
  })
  const projectIds = await leaveProjects(tx, user.id)
  await insertOutboxRow(tx, ACCOUNT_ERASED, { userId: user.id })
  return { ended, projectIds }
}

/** Helpers, testers, and whoever was offered a project. Bounded by what one person takes part in. */
async function leaveProjects(tx: Writer, userId: number): Promise<number[]> {
  const rows = await writeRows<{ id: number }>(
    tx,
    sql`
    update projects set
      owners_ids = array_remove(owners_ids, ${userId}::int),
      testers_ids = array_remove(testers_ids, ${userId}::int),
      pending_owner_login = case when pending_owner_id = ${userId} then null else pending_owner_login end,
      pending_owner_id = nullif(pending_owner_id, ${userId})
    where owners_ids @> array[${userId}]::int[] or testers_ids @> array[${userId}]::int[]
      or pending_owner_id = ${userId}
    returning id`,
  )
  return rows.map(({ id }) => id)
}
