// Runs before the first paint, as a file of its own because the content security policy allows no
// inline script: without it a dark page would flash white while the app loads.
;(() => {
  let wanted = 'auto'
  try {
    wanted = localStorage.getItem('manyhands-color-scheme') ?? 'auto'
  } catch {
    // Storage is off: the system's choice stands.
  }
  const dark =
    wanted === 'dark' || (wanted === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
})()
