import type { Secrets } from '../secrets/secrets.ts'

/** How long an archive is kept. */
export const KEPT_MS = 3 * 86_400_000

/** A link to one archive that works without signing in until `until`, epoch milliseconds. */
export function personalDataLink(secrets: Secrets, exportId: string, until: number): string {
  // To the hour, so that asking again gives the same link.
  const expires = Math.ceil(until / 3_600_000) * 3_600
  const signature = secrets.sign('personal-data', `${exportId}.${expires}`)
  return `/api/account/export/${exportId}/download?expires=${expires}&signature=${signature}`
}

/** Whether a link was made here and has not expired. `expires`: epoch seconds. */
export function isPersonalDataLink(
  secrets: Secrets,
  exportId: string,
  { expires, signature }: { expires: string; signature: string },
  now: number,
): boolean {
  if (!(Number(expires) * 1_000 > now)) return false
  return secrets.isSignedBy('personal-data', `${exportId}.${expires}`, signature)
}
