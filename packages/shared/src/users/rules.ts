/** Names that mean a page, the platform itself or nobody. Whoever runs the platform may still give them
 *  away, from the command line. */
const RESERVED_NAMES = new Set(
  `about account accounts admin administrator administrators all anonymous api app confirm-email delete
  erased everybody export forgot-password guest help home info mail me moderator newsletter nobody null
  official page password postmaster profile project projects register reset-password root security
  settings sign-in signin sign-out signout sign-up signup staff support system team undefined update user
  users webmaster`.split(/\s+/),
)

export function isReservedName(name: string): boolean {
  return RESERVED_NAMES.has(name.toLowerCase())
}

/** Keys of `info` that the server or an admin writes: pictures with their upload, badges (data-model.md,
 *  user.info). */
export const SERVER_OWNED_INFO = ['avatar', 'container', 'avatar_url', 'extra'] as const

/** What `info` becomes when its own person sends `sent`: the whole of it, but for what is not theirs.
 *  `refused` is a key that they tried to change. */
export function ownInfo(
  stored: Record<string, unknown>,
  sent: Record<string, unknown>,
): { info: Record<string, unknown>; refused?: string } {
  const info = { ...sent }
  for (const key of SERVER_OWNED_INFO) {
    if (key in sent && JSON.stringify(sent[key]) !== JSON.stringify(stored[key])) {
      return { info: stored, refused: key }
    }
    if (key in stored) info[key] = stored[key]
  }
  return { info }
}
