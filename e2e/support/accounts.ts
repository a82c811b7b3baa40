import { z } from 'zod'
import { cli } from './cli.ts'

const CreatedUser = z.object({
  id: z.number(),
  name: z.string(),
  email_addr: z.string(),
  api_key: z.string(),
})
export interface Account extends z.infer<typeof CreatedUser> {
  password: string
}

const Demo = z.object({
  owner: z.object({ name: z.string(), email: z.string(), password: z.string() }),
  created: z.boolean(),
})

/** A new account, made as an operator makes one. */
export async function createAccount(name: string): Promise<Account> {
  const password = `a long password of ${name}`
  const email = `${name}@example.org`
  const words = ['--name', name, '--email', email, '--password', password]
  return { ...CreatedUser.parse(await cli('user', 'create', ...words)), password }
}

/** How to sign in as the owner of the demo, as the platform printed it when it started. */
export async function demoOwner(): Promise<{ name: string; email: string; password: string }> {
  return Demo.parse(await cli('demo')).owner
}
