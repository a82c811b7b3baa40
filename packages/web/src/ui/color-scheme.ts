import { useSyncExternalStore } from 'react'

/** The same key and attribute as in `public/color-scheme.js`, which runs before the first paint. */
const KEY = 'manyhands-color-scheme'
const ATTRIBUTE = 'data-mantine-color-scheme'

export type ColorScheme = 'light' | 'dark'

const listeners = new Set<() => void>()
const systemDark = () => matchMedia('(prefers-color-scheme: dark)')

function current(): ColorScheme {
  return document.documentElement.getAttribute(ATTRIBUTE) === 'dark' ? 'dark' : 'light'
}

function show(scheme: ColorScheme): void {
  document.documentElement.setAttribute(ATTRIBUTE, scheme)
  for (const listener of listeners) listener()
}

export function chooseColorScheme(scheme: ColorScheme): void {
  show(scheme)
  try {
    localStorage.setItem(KEY, scheme)
  } catch {
    // Storage is off: the choice holds until the page is left.
  }
}

function chosen(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

function subscribe(listener: () => void): () => void {
  const system = systemDark()
  const follow = () => {
    if (chosen() === null) show(system.matches ? 'dark' : 'light')
  }
  listeners.add(listener)
  system.addEventListener('change', follow)
  return () => {
    listeners.delete(listener)
    system.removeEventListener('change', follow)
  }
}

export function useColorScheme(): ColorScheme {
  return useSyncExternalStore(subscribe, current)
}
