import { NotFoundError } from '@manyhands/shared/errors/errors'
import { findUserByLogin, updateUser } from '@manyhands/shared/users/repository'
import { z } from 'zod'
import { defineCommand } from './command.ts'
import { withDatabase } from './with-database.ts'

export const userSetAdminCommand = defineCommand({
  name: 'user set-admin',
  summary: 'Let an account administer the platform, or no longer',
  operand: 'NAME',
  options: { off: { help: 'no longer' } },
  needs: { redis: false },
  input: z.object({ operand: z.string().min(1), off: z.boolean().default(false) }),
  run: ({ operand, off }, invocation) =>
    withDatabase(invocation, async (ctx) => {
      const found = await findUserByLogin(ctx.db.primary, operand)
      const user = found && (await updateUser(ctx.db.primary, found.id, { admin: !off }))
      if (!user) throw new NotFoundError('account', operand)
      invocation.print(
        { id: user.id, name: user.name, admin: user.admin },
        `${user.name} is ${user.admin ? 'now' : 'no longer'} an administrator`,
      )
      return 0
    }),
})
