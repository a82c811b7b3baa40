import { type Account, createAccount } from '../support/accounts.ts'
import { cli } from '../support/cli.ts'
import { stackOfThisRun } from '../support/stack.ts'

/** Where the clients find the platform. */
export const endpoint = (): string => stackOfThisRun().url

export async function createAdmin(name: string): Promise<Account> {
  const account = await createAccount(name)
  await cli('user', 'set-admin', name)
  return account
}
