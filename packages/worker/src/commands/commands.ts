import type { Command } from './command.ts'
import { demoCommand } from './demo.ts'
import { doctorCommand } from './doctor.ts'
import { jobsListCommand } from './jobs-list.ts'
import { jobsRunCommand } from './jobs-run.ts'
import { mailsCommand } from './mails.ts'
import { migrateCommand } from './migrate.ts'
import { userCreateCommand } from './user-create.ts'
import { userSetAdminCommand } from './user-set-admin.ts'
import { userSetRoleCommand } from './user-set-role.ts'

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  migrateCommand,
  userCreateCommand,
  userSetAdminCommand,
  userSetRoleCommand,
  mailsCommand,
  demoCommand,
  jobsListCommand,
  jobsRunCommand,
  doctorCommand,
]
