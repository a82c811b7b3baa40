/** The token of a mailed link stands behind the `#`, where no server and no log sees it. */
export function readMailedToken(): string {
  return window.location.hash.slice(1)
}
