import { z } from 'zod'
import { Session } from '../sessions/contract.ts'
import { AccountChange, EmailAddress, NewPassword, Roles } from '../users/contract.ts'

/** `GET /api/account`: all that the caller's own account says of them. */
export const Account = AccountChange.required()
  .extend(Roles.shape)
  .extend({
    id: z.int32(),
    created: z.string(),
    name: z.string(),
    email_addr: z.string(),
    locale: z.string(),
    valid_email: z.boolean().describe('Somebody who reads the address has confirmed it'),
    pending_email_addr: z
      .string()
      .nullable()
      .describe('Takes the place of the address once it is confirmed'),
    has_password: z.boolean(),
  })
  .meta({ id: 'Account' })
export type Account = z.infer<typeof Account>

/** Answer of `POST /api/account`: a session, or that a mail must be read first. */
export const Registered = Session.extend({ confirmation_sent: z.boolean().optional() }).meta({
  id: 'Registered',
})
export type Registered = z.infer<typeof Registered>

export const ForgotPassword = z
  .strictObject({ email_addr: EmailAddress })
  .meta({ id: 'ForgotPassword' })
export type ForgotPassword = z.infer<typeof ForgotPassword>

const token = z.string().min(1).max(200).describe('What follows the # of the mailed link')

export const ConfirmAddress = z.strictObject({ token }).meta({ id: 'ConfirmAddress' })
export type ConfirmAddress = z.infer<typeof ConfirmAddress>

export const ResetPassword = z
  .strictObject({ token, password: NewPassword })
  .meta({ id: 'ResetPassword' })
export type ResetPassword = z.infer<typeof ResetPassword>

/** `current_password` is needed by accounts that have one. */
export const ChangePassword = z
  .strictObject({
    current_password: z.string().min(1).max(200).optional(),
    new_password: NewPassword,
  })
  .meta({ id: 'ChangePassword' })
export type ChangePassword = z.infer<typeof ChangePassword>

/** A mail is on its way, if there is anybody to get it. */
export const Sent = z.object({ status: z.literal('sent') }).meta({ id: 'Sent' })
export type Sent = z.infer<typeof Sent>

export const ConfirmedAddress = z
  .object({ email_addr: z.string() })
  .meta({ id: 'ConfirmedAddress' })
export type ConfirmedAddress = z.infer<typeof ConfirmedAddress>
