import type { Secrets } from '@manyhands/shared/secrets/secrets'

const LIFE_MS = 24 * 3_600_000

/** A link to one export that works without signing in, for a day. */
export function createDownloadLink(secrets: Secrets, exportId: string, now: number): string {
  // To the hour, so that asking again gives the same link.
  const expires = Math.ceil((now + LIFE_MS) / 3_600_000) * 3_600
  const signature = secrets.sign('download-link', `${exportId}.${expires}`)
  return `/api/exports/${exportId}/download?expires=${expires}&signature=${signature}`
}

/** Whether a link was made here and has not expired. `expires`: epoch seconds. */
export function isValidLink(
  secrets: Secrets,
  exportId: string,
  expires: string | undefined,
  signature: string | undefined,
  now: number,
): boolean {
  if (!expires || !signature || Number(expires) * 1_000 < now) return false
  return secrets.isSignedBy('download-link', `${exportId}.${expires}`, signature)
}
