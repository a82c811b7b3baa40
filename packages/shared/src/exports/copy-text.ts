/** The fields of a line of PostgreSQL's COPY text (manual of COPY, "Text Format"). */
export function splitFields(line: string): string[] {
  return line.split('\t')
}

export const NULL_FIELD = '\\N'

const CONTROLS: Record<string, string> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

/** The text that a field stands for. */
export function unescapeText(field: string): string {
  if (!field.includes('\\')) return field
  return field.replace(/\\(.)/g, (_, letter: string) => CONTROLS[letter] ?? letter)
}

/** The same for a field of type jsonb, whose text has no control characters. */
export function unescapeJson(field: string): string {
  return field.includes('\\') ? field.replaceAll('\\\\', '\\') : field
}
