import {
  ForbiddenError,
  NotFoundError,
  UnauthenticatedError,
  UnavailableError,
} from '@manyhands/shared/errors/errors'
import type { PersonalDataExport } from '@manyhands/shared/personal-data/contract'
import {
  isPersonalDataLink,
  KEPT_MS,
  personalDataLink,
} from '@manyhands/shared/personal-data/download-link'
import { writePersonalData } from '@manyhands/shared/personal-data/jobs'
import { personalDataKey } from '@manyhands/shared/personal-data/names'
import {
  findPersonalData,
  findPersonalDataOf,
  requestPersonalData,
} from '@manyhands/shared/personal-data/repository'
import type { PersonalDataExportRow } from '@manyhands/shared/personal-data/table'
import type { ServiceContext } from '../http/env.ts'
import { getOwnAccount } from '../sessions/own-account.ts'

const LINK_MS = 86_400_000

/** Orders the archive of the caller's data, or joins the one that is being written. Throws
 *  UnauthenticatedError, and ForbiddenError for an API key. */
export async function orderPersonalData(ctx: ServiceContext): Promise<PersonalDataExport> {
  const { id } = await getOwnAccount(ctx)
  const row = await requestPersonalData(ctx.db.primary, id)
  if (!row) throw new UnauthenticatedError()
  await ctx.wrote()
  await ctx.producer.enqueue(writePersonalData, { exportId: row.id }).catch((error: unknown) => {
    // The order is stored: the worker's sweep finds it once the queue is back.
    if (!(error instanceof UnavailableError)) throw error
    ctx.log.warn({ err: error }, 'personal data wait for the queue')
  })
  return show(ctx, row)
}

/** The newest archive, with a link to it once it is there. */
export async function getPersonalData(ctx: ServiceContext): Promise<PersonalDataExport | null> {
  const { id } = await getOwnAccount(ctx)
  const row = await findPersonalDataOf(ctx.db.primary, id)
  return row ? show(ctx, row) : null
}

/** The archive behind a signed link. Throws ForbiddenError, NotFoundError. */
export async function findPersonalDataFile(
  ctx: ServiceContext,
  id: string,
  link: { expires: string; signature: string },
): Promise<string> {
  if (!isPersonalDataLink(ctx.secrets, id, link, ctx.clock())) {
    throw new ForbiddenError('This link has expired or is not whole', 'link_expired')
  }
  const row = await findPersonalData(ctx.db.primary, id)
  if (row?.state !== 'done') throw new NotFoundError('archive', id)
  return personalDataKey(row.userId, row.id)
}

function show(ctx: ServiceContext, row: PersonalDataExportRow): PersonalDataExport {
  const until = Math.min(ctx.clock() + LINK_MS, row.created.getTime() + KEPT_MS)
  return {
    id: row.id,
    state: row.state,
    created: row.created.toISOString(),
    finished: row.finished?.toISOString() ?? null,
    bytes: row.bytes,
    download_url: row.state === 'done' ? personalDataLink(ctx.secrets, row.id, until) : null,
  }
}
