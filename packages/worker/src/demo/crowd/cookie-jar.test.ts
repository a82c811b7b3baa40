import { expect, it } from 'vitest'
import { CookieJar } from './cookie-jar.ts'

function responseSetting(...cookies: string[]): Response {
  return new Response(null, { headers: cookies.map((cookie) => ['set-cookie', cookie]) })
}

it('sends back what was set last', () => {
  const jar = new CookieJar()
  expect(jar.header).toBe('')
  jar.keep(responseSetting('a=1; Path=/; HttpOnly', 'b=x=y; SameSite=Lax'))
  jar.keep(responseSetting('a=2'))
  expect(jar.header).toBe('a=2; b=x=y')
})
