import { createHmac } from 'node:crypto'

/** A person to Disqus; nobody is an empty message. */
export interface DisqusPerson {
  id: number
  username: string
  email: string
}

/** The payload of Disqus single sign-on (https://help.disqus.com/en/articles/1717137): base64 of the
 *  person as JSON, HMAC-SHA1 of that and the time, and the time, parted by spaces. */
export function signMessage(
  person: DisqusPerson | null,
  secretKey: string,
  epochSeconds: number,
): string {
  const message = Buffer.from(JSON.stringify(person ?? {})).toString('base64')
  const signature = createHmac('sha1', secretKey).update(`${message} ${epochSeconds}`).digest('hex')
  return `${message} ${signature} ${epochSeconds}`
}
