/** A position in the primary's log (`pg_lsn`), as a number that can be compared.
 *  Source: PostgreSQL manual, section 8.20: two hexadecimal halves, `high/low`. */
export type Lsn = bigint

export function parseLsn(text: string): Lsn {
  const [high = '0', low = '0'] = text.split('/')
  return (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`)
}

export function formatLsn(lsn: Lsn): string {
  return `${(lsn >> 32n).toString(16)}/${(lsn & 0xffffffffn).toString(16)}`.toUpperCase()
}
