import { ValidationError } from '@manyhands/shared/errors/errors'
import { refusalOfAddress } from '@manyhands/shared/outgoing/public-address'
import type { ProjectRow } from '@manyhands/shared/projects/table'
import type { ServiceContext } from '../http/env.ts'

/** What is stored for the address that a webhook is to go to; `undefined` changes nothing. Throws
 *  ValidationError for an address inside the platform's own network (architecture.md section 9). */
export async function webhookColumns(
  ctx: ServiceContext,
  url: string | null | undefined,
): Promise<Partial<Pick<ProjectRow, 'webhook'>>> {
  if (url === undefined) return {}
  if (url === null || url === '') return { webhook: url }
  const refusal = await refusalOfAddress(url, ctx.config.PRIVATE_ADDRESSES)
  if (refusal) {
    const issue = { field: 'webhook', message: refusal }
    throw new ValidationError(`webhook: ${refusal}`, 'value', [issue])
  }
  return { webhook: url }
}
