/** Neither to be quoted nor the start of a formula: nearly every cell, so it is asked first. */
const NEEDS_CARE = /[",\r\n]|^[=+\-@\t\uff1d\uff0b\uff0d\uff20]/
/** What a spreadsheet takes for the start of a formula (OWASP, "CSV Injection"), with the full-width
 *  forms. A plain number may begin with a sign. */
const FORMULA = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/
const NEEDS_QUOTES = /[",\r\n]/

/** Text as a cell of a CSV file (RFC 4180). A formula is made text with a leading apostrophe: a
 *  volunteer's answer must not run on the owner's machine. */
export function toCell(text: string): string {
  if (!NEEDS_CARE.test(text)) return text
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A JSON value that is neither an object nor a list. Flags are spelled as the original's files spell
 *  them, which is what scripts written for those compare with. */
export function scalarToCell(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return toCell(value)
    case 'boolean':
      return value ? 'True' : 'False'
    case 'number':
      return String(value)
    default:
      return ''
  }
}
