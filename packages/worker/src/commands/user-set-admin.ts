import { z } from 'zod'
import { defineCommand } from './command.ts'
import { setRole } from './user-set-role.ts'

export const userSetAdminCommand = defineCommand({
  name: 'user set-admin',
  summary: 'Let an account administer the platform, or no longer',
  operand: 'NAME',
  options: { off: { help: 'no longer' } },
  needs: { redis: false },
  input: z.object({ operand: z.string().min(1), off: z.boolean().default(false) }),
  async run({ operand, off }, invocation) {
    const user = await setRole(invocation, operand, 'admin', !off)
    invocation.print(
      { id: user.id, name: user.name, admin: user.admin },
      `${user.name} is ${user.admin ? 'now' : 'no longer'} an administrator`,
    )
    return 0
  },
})
