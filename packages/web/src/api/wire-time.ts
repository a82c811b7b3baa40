/** The wire writes UTC without a zone (`2026-11-23T01:50:46.491`), as the original does. */
export function parseWireTime(text: string): Date {
  return new Date(/Z|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}Z`)
}
