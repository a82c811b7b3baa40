import { en } from './en.ts'
import type { Language } from './text.ts'

/** A language more is a file beside this one and a line here. */
const LANGUAGES: Record<string, Language> = { en }

/** The language of `locale` (`de-AT` finds `de`), else English. */
export function languageOf(locale: string): Language {
  const [base = ''] = locale.toLowerCase().split(/[-_]/)
  return LANGUAGES[locale.toLowerCase()] ?? LANGUAGES[base] ?? en
}
