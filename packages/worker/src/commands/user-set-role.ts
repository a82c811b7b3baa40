import { NotFoundError } from '@manyhands/shared/errors/errors'
import { changeRoles, lockRoles, ROLES } from '@manyhands/shared/users/change-roles'
import { findUserByLogin, lockUser } from '@manyhands/shared/users/repository'
import type { UserRow } from '@manyhands/shared/users/table'
import { z } from 'zod'
import { defineCommand } from './command.ts'
import type { Invocation } from './invocation.ts'
import { withDatabase } from './with-database.ts'

export const userSetRoleCommand = defineCommand({
  name: 'user set-role',
  summary: 'Give an account a role, or take it',
  operand: 'NAME',
  options: {
    role: { value: 'ROLE', help: `${ROLES.join(', ')}` },
    off: { help: 'take it' },
  },
  needs: { redis: false },
  input: z.object({
    operand: z.string().min(1),
    role: z.enum(ROLES, `there are: ${ROLES.join(', ')}`),
    off: z.boolean().default(false),
  }),
  async run({ operand, role, off }, invocation) {
    const user = await setRole(invocation, operand, role, !off)
    const { id, name, admin, subadmin, pro } = user
    invocation.print(
      { id, name, admin, subadmin, pro },
      `${name} ${off ? 'no longer has' : 'now has'} the role ${role}`,
    )
    return 0
  },
})

/** By whoever runs the platform: also the last admin's, since this gives it back. The account's sessions
 *  end; API processes believe what they know of it for half a minute more. Throws NotFoundError. */
export function setRole(
  invocation: Invocation,
  login: string,
  role: (typeof ROLES)[number],
  has: boolean,
): Promise<UserRow> {
  return withDatabase(invocation, (ctx) =>
    ctx.db.primary.transaction(async (tx) => {
      const admins = await lockRoles(tx)
      const found = await findUserByLogin(tx, login)
      const user = found && (await lockUser(tx, found.id))
      if (!user) throw new NotFoundError('account', login)
      return (await changeRoles(tx, user, { [role]: has }, 'operator', admins)).user
    }),
  )
}
