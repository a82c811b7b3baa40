import { IconButton } from './button.tsx'
import { chooseColorScheme, useColorScheme } from './color-scheme.ts'

export function ColorSchemeToggle() {
  const scheme = useColorScheme()
  const other = scheme === 'dark' ? 'light' : 'dark'
  return (
    <IconButton
      icon={scheme === 'dark' ? 'sun' : 'moon'}
      label={`Use ${other} colours`}
      onClick={() => chooseColorScheme(other)}
    />
  )
}
