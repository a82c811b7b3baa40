import type { CDPSession, Page } from '@playwright/test'
import { generate } from 'otplib'
import { createAccount } from '../../support/accounts.ts'
import { expect, test } from '../../support/journey.ts'
import { signIn } from '../../support/sign-in.ts'

/** A device that keeps passkeys, and whose owner unlocks it whenever it asks. */
async function plugInAuthenticator(page: Page): Promise<CDPSession> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return devtools
}

async function openAccount(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: /^Your account/ }).click()
  await expect(page).toHaveURL(new RegExp(`/account/${name}$`))
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: 'Sign out', exact: true }).click()
  await expect(page.getByRole('banner').getByRole('link', { name: 'Sign in' })).toBeVisible()
}

test('adds a passkey, and signs in with nothing else', async ({ page }) => {
  const { name, email_addr, password } = await createAccount('passkey-keeper')
  await plugInAuthenticator(page)
  await signIn(page, { login: email_addr, password })
  await openAccount(page, name)
  const passkeys = page.getByRole('region', { name: 'Passkeys' })
  await passkeys.getByRole('button', { name: 'Add a passkey' }).click()
  await passkeys.getByLabel('What do you call it?').fill('The test bench')
  await passkeys.getByRole('button', { name: 'Go on' }).click()
  await expect(passkeys.getByRole('listitem')).toContainText('The test bench')
  await signOut(page)

  await page.goto(`/account/signin?next=/account/${name}`)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page).toHaveURL(new RegExp(`/account/${name}$`))
  await expect(passkeys.getByRole('listitem')).toContainText('last used')

  await passkeys.getByRole('button', { name: 'Remove The test bench' }).click()
  await expect(passkeys.getByRole('listitem')).toHaveCount(0)
  await signOut(page)
  await page.goto('/account/signin')
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'not known here' })).toBeVisible()
})

test('turns one-time codes on, and needs one after the password', async ({ page }) => {
  const { name, email_addr, password } = await createAccount('code-keeper')
  await signIn(page, { login: email_addr, password })
  await openAccount(page, name)
  const codes = page.getByRole('region', { name: 'One-time codes' })
  await codes.getByRole('button', { name: 'Turn codes on' }).click()
  const shown = (await codes.locator('code').textContent()) ?? ''
  const secret = shown.replaceAll(' ', '')
  await expect(codes.getByRole('link')).toHaveAttribute('href', new RegExp(`secret=${secret}`))
  await codes.getByLabel('The code that the app shows').fill('000 00')
  await codes.getByRole('button', { name: 'Turn codes on' }).click()
  await expect(codes.getByRole('alert')).not.toBeEmpty()
  await codes.getByLabel('The code that the app shows').fill(await generate({ secret }))
  await codes.getByRole('button', { name: 'Turn codes on' }).click()
  await expect(codes.getByRole('listitem')).toHaveCount(10)
  const recovery = await codes.getByRole('listitem').allTextContents()
  await codes.getByRole('button', { name: 'I have kept them' }).click()
  await expect(codes).toContainText('You have 10 recovery codes left')
  await signOut(page)

  const withPassword = async () => {
    await page.goto(`/account/signin?next=/account/${name}`)
    await page.getByLabel('E-mail or user name').fill(email_addr)
    await page.getByRole('textbox', { name: 'Password' }).fill(password)
    await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click()
    await expect(page.getByRole('heading', { name: 'One more step' })).toBeVisible()
  }
  const withCode = async (code: string) => {
    await page.getByLabel(/^(Recovery c|C)ode$/).fill(code)
    await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click()
  }
  await withPassword()
  await withCode('no code')
  await expect(page.getByRole('main').getByRole('alert')).not.toBeEmpty()
  await page.getByRole('button', { name: 'Back to the password' }).click()
  await expect(page.getByLabel('E-mail or user name')).toBeVisible()

  await withPassword()
  // A code works once, and the one of this half minute was used: the app's next is good already.
  await withCode(await generate({ secret, epoch: Date.now() / 1000 + 30 }))
  await expect(page).toHaveURL(new RegExp(`/account/${name}$`))
  await signOut(page)

  await withPassword()
  await page.getByRole('button', { name: 'Use a recovery code' }).click()
  await withCode(recovery[0] ?? '')
  await expect(codes).toContainText('You have 9 recovery codes left')
  await codes.getByRole('button', { name: 'Turn off' }).click()
  await codes.getByLabel('Your password').fill(password)
  await codes.getByRole('button', { name: 'Turn codes off' }).click()
  await expect(codes.getByRole('button', { name: 'Turn codes on' })).toBeVisible()
})
