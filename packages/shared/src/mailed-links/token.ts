import type { Secrets } from '../secrets/secrets.ts'
import type { MailedLinkRow } from './table.ts'

const TOKEN = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([\w-]{43})$/

/** What a mail's link carries: the row's id and its signature. Made when the mail is written and kept
 *  nowhere, so that neither the database nor a queue holds anything that opens an account. */
export function mailedLinkToken(
  secrets: Secrets,
  { id, purpose }: Pick<MailedLinkRow, 'id' | 'purpose'>,
): string {
  return `${id}.${secrets.sign('mailed-link', `${purpose}.${id}`)}`
}

/** The id of a token that was made here for this purpose. */
export function readMailedLinkToken(
  secrets: Secrets,
  purpose: MailedLinkRow['purpose'],
  token: string,
): string | undefined {
  const [, id, signature] = TOKEN.exec(token) ?? []
  if (!id || !signature) return undefined
  return secrets.isSignedBy('mailed-link', `${purpose}.${id}`, signature) ? id : undefined
}
