/** Where to go after signing in: only an address of this site, so that a link sent by a stranger
 *  cannot lead a freshly signed-in person away. Anything else leads home. */
export function safeNext(next: string | undefined, origin: string): string {
  if (!next?.startsWith('/')) return '/'
  try {
    const url = new URL(next, origin)
    return url.origin === origin ? `${url.pathname}${url.search}${url.hash}` : '/'
  } catch {
    return '/'
  }
}
