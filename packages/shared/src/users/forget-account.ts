import type { Context } from '../context/context.ts'
import { listSessionHashes } from '../sessions/repository.ts'
import { apiKeyTagOf, sessionTagOf } from './cache-tags.ts'
import type { UserRow } from './table.ts'

/** After the commit of a change: no process believes the account's former state any more. `before` is the
 *  row as it was, whose key counts no more if it has another; `ended` are sessions that are gone. */
export async function forgetAccount(
  ctx: Pick<Context, 'db' | 'cache'>,
  before: Pick<UserRow, 'id' | 'apiKeyHash'>,
  ended: Uint8Array[] = [],
): Promise<void> {
  const live = await listSessionHashes(ctx.db.primary, before.id)
  const key = before.apiKeyHash ? [apiKeyTagOf(before.apiKeyHash)] : []
  await ctx.cache.drop(...[...live, ...ended].map(sessionTagOf), ...key)
}
