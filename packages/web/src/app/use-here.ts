import { useLocation } from '@tanstack/react-router'

/** This page's address, to come back to after signing in; undefined where coming back makes no
 *  sense. */
export function useHere(): string | undefined {
  const { href, pathname } = useLocation()
  if (pathname === '/' || pathname === '/account/signin' || pathname === '/account/register') {
    return undefined
  }
  return href
}
