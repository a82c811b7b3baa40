import { EmailAddress, FullName, NewPassword, UserName } from '@manyhands/shared/users/contract'
import { createUser } from '@manyhands/shared/users/create-user'
import { z } from 'zod'
import { defineCommand } from './command.ts'
import { withDatabase } from './with-database.ts'

export const userCreateCommand = defineCommand({
  name: 'user create',
  summary: 'Make an account and show its API key',
  options: {
    name: { value: 'NAME', help: 'the name to sign in with' },
    email: { value: 'ADDRESS', help: 'the e-mail address' },
    password: { value: 'PASSWORD', help: '8 characters or more' },
    fullname: { value: 'NAME', help: 'the name others see (default: --name)' },
    admin: { help: 'may administer the platform' },
  },
  needs: { redis: false },
  input: z.object({
    // Whoever runs the platform may also have a reserved name.
    name: UserName,
    email: EmailAddress,
    password: NewPassword,
    fullname: FullName.optional(),
    admin: z.boolean().default(false),
  }),
  run: (input, invocation) =>
    withDatabase(invocation, async (ctx) => {
      const { user, apiKey } = await createUser(
        ctx,
        {
          name: input.name,
          fullname: input.fullname ?? input.name,
          email_addr: input.email,
          password: input.password,
        },
        // Whoever may type this vouches for the address.
        { admin: input.admin, validEmail: true },
      )
      invocation.print(
        { id: user.id, name: user.name, email_addr: user.emailAddr, api_key: apiKey },
        `Made the account ${user.name} (id ${user.id}). Its API key: ${apiKey}`,
      )
      return 0
    }),
})
