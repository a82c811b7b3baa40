import { toAccountView } from '../account/view.ts'
import { toBlogpostView } from '../blogposts/view.ts'
import type { Reader } from '../db/types.ts'
import type { ZipMember } from '../exports/zip.ts'
import { toProjectView } from '../projects/view.ts'
import { listSessions } from '../sessions/repository.ts'
import { toTaskRunView } from '../task-runs/view.ts'
import type { UserRow } from '../users/table.ts'
import {
  listFavourites,
  listOwnChanges,
  listOwnIdentities,
  listOwnPasskeys,
  listOwnPosts,
  listOwnProjects,
  listOwnTaskRuns,
} from './repository.ts'

const PAGE = 500
const SESSIONS = 1_000

export interface PersonalDataSource {
  db: Reader
  user: UserRow
  signal: AbortSignal
}

/** One JSON file of each kind. No password, no key, no token: they are no data about a person, and open
 *  the account. Each is read a page at a time, so that memory does not grow with the answers. */
export function personalDataMembers(source: PersonalDataSource): ZipMember[] {
  const { db, user } = source
  const { id: userId } = user
  const paged = <Row extends { id: number }>(
    name: string,
    list: (db: Reader, page: { userId: number; after: number; limit: number }) => Promise<Row[]>,
    show: (row: Row) => unknown = (row) => row,
  ): ZipMember => ({ name, plain: () => arrayOf(source, list, show) })
  const whole = (name: string, read: () => unknown): ZipMember => ({
    name,
    plain: async function* () {
      yield Buffer.from(`${JSON.stringify(await read(), null, 2)}\n`)
    },
  })
  return [
    whole('account.json', () => toAccountView(user, undefined)),
    paged('projects.json', listOwnProjects, (row) => toProjectView(row, true)),
    paged('task_runs.json', listOwnTaskRuns, toTaskRunView),
    paged('favourites.json', listFavourites),
    paged('blogposts.json', listOwnPosts, toBlogpostView),
    paged('changes.json', listOwnChanges, toChange),
    whole('sessions.json', async () =>
      (await listSessions(db, userId, SESSIONS)).map(({ created, expires, userAgent }) => ({
        created,
        expires,
        user_agent: userAgent,
      })),
    ),
    whole('passkeys.json', () => listOwnPasskeys(db, userId)),
    whole('identities.json', () => listOwnIdentities(db, userId)),
  ]
}

/** What they have changed on the platform, as it was written down. */
function toChange(row: Awaited<ReturnType<typeof listOwnChanges>>[number]) {
  return {
    created: row.created,
    project: row.projectShortName,
    action: row.action,
    attribute: row.attribute,
    old_value: row.oldValue,
    new_value: row.newValue,
  }
}

/** A row to a line, a page to a chunk. */
async function* arrayOf<Row extends { id: number }>(
  { db, user, signal }: PersonalDataSource,
  list: (db: Reader, page: { userId: number; after: number; limit: number }) => Promise<Row[]>,
  show: (row: Row) => unknown,
): AsyncGenerator<Buffer> {
  let after = 0
  let before = '['
  for (;;) {
    signal.throwIfAborted()
    const rows = await list(db, { userId: user.id, after, limit: PAGE })
    if (rows.length > 0) {
      yield Buffer.from(before + rows.map((row) => JSON.stringify(show(row))).join(',\n'))
      before = ',\n'
    }
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) break
    after = last.id
  }
  yield Buffer.from(before === '[' ? '[]\n' : ']\n')
}
