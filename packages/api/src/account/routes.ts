import {
  Account,
  ChangePassword,
  ConfirmAddress,
  ConfirmedAddress,
  ForgotPassword,
  Registered,
  ResetPassword,
  Sent,
} from '@manyhands/shared/account/contract'
import { Session } from '@manyhands/shared/sessions/contract'
import { AccountChange, ApiKey, Register } from '@manyhands/shared/users/contract'
import type { Context, MiddlewareHandler } from 'hono'
import { parseBody, readJsonObject } from '../http/body.ts'
import { readSessionToken } from '../http/cookies.ts'
import type { Env } from '../http/env.ts'
import { Routes } from '../http/routes.ts'
import { answerSession } from '../sessions/answer-session.ts'
import { confirmAddress, confirmOwnAddress, resendConfirmation } from './confirmation-service.ts'
import { changePassword, forgotPassword, resetPassword } from './password-service.ts'
import { changeAccount, getAccount, getApiKey, register, resetApiKey } from './service.ts'

/** What of an account's view its person does not change here. */
const FIXED = [
  'id',
  'created',
  'valid_email',
  'pending_email_addr',
  'has_password',
  'admin',
  'subadmin',
  'pro',
] as const

/** Nothing here is for a shared cache, nor for the next person at this browser. */
const noStore: MiddlewareHandler<Env> = async (c, next) => {
  c.header('Cache-Control', 'no-store')
  await next()
}

export const accountRoutes = (
  limit: MiddlewareHandler<Env>,
  signInLimit: MiddlewareHandler<Env>,
  recoveryLimit: MiddlewareHandler<Env>,
) =>
  new Routes('account', limit, noStore)
    .about("The caller's own account: its profile, its password, its keys.")
    .get(
      '/api/account',
      { operationId: 'getAccount', access: 'account', summary: 'Own account', answer: Account },
      async (c) => c.json(await getAccount(c.var.ctx)),
    )
    .put(
      '/api/account',
      {
        operationId: 'changeAccount',
        summary: 'Change the own account',
        description:
          'Changes what is sent. A new `email_addr` takes the place of the old one once it is confirmed.',
        body: AccountChange,
        answer: Account,
      },
      async (c) => {
        const current = await getAccount(c.var.ctx)
        const change = parseBody(AccountChange, await readJsonObject(c), {
          current,
          unchanged: Object.fromEntries(FIXED.map((key) => [key, current[key]])),
        })
        return c.json(await changeAccount(c.var.ctx, change))
      },
    )
    .get(
      '/api/account/api-key',
      {
        operationId: 'getApiKey',
        access: 'account',
        summary: "The caller's own API key",
        answer: ApiKey,
      },
      async (c) => c.json({ api_key: await getApiKey(c.var.ctx) }),
    )
    .post(
      '/api/account/api-key',
      {
        operationId: 'resetApiKey',
        summary: 'A new API key; the old one opens nothing any more',
        answer: ApiKey,
      },
      async (c) => c.json({ api_key: await resetApiKey(c.var.ctx) }),
    )
    .use(signInLimit)
    .post(
      '/api/account',
      {
        operationId: 'registerAccount',
        access: 'guest',
        summary: 'Register and sign in',
        description:
          'Where addresses must be confirmed, `user` is null and `confirmation_sent` true: nobody is signed in before the mailed link was followed.',
        body: Register,
        answer: Registered,
      },
      async (c) => {
        const opened = await register(c.var.ctx, parseBody(Register, await readJsonObject(c)))
        if (opened) return answerSession(c, opened)
        return c.json({ user: null, confirmation_sent: true } satisfies Registered)
      },
    )
    .put(
      '/api/account/password',
      {
        operationId: 'changePassword',
        summary: 'Change the password',
        description:
          'Every session of the account ends, and this browser gets a new one. An account without a password needs to have signed in within the last ten minutes instead.',
        body: ChangePassword,
        answer: Session,
      },
      async (c) => {
        const input = parseBody(ChangePassword, await readJsonObject(c))
        return answerSession(c, await changePassword(c.var.ctx, input, readSessionToken(c)))
      },
    )
    .use(recoveryLimit)
    .post(
      '/api/account/forgot-password',
      {
        operationId: 'forgotPassword',
        access: 'guest',
        summary: 'Ask for the mail with which a new password is set',
        description: 'Answers alike whether the address has an account or not.',
        body: ForgotPassword,
        answer: Sent,
      },
      async (c) => {
        const { email_addr } = parseBody(ForgotPassword, await readJsonObject(c))
        await forgotPassword(c.var.ctx, email_addr)
        return sent(c)
      },
    )
    .post(
      '/api/account/reset-password',
      {
        operationId: 'resetPassword',
        access: 'guest',
        summary: 'Set a new password with a mailed link',
        description: 'The link works once. Every session of the account ends.',
        body: ResetPassword,
      },
      async (c) => {
        await resetPassword(c.var.ctx, parseBody(ResetPassword, await readJsonObject(c)))
        return c.body(null, 204)
      },
    )
    .post(
      '/api/account/confirm-email',
      {
        operationId: 'confirmAddress',
        access: 'guest',
        summary: 'Confirm an address with a mailed link',
        body: ConfirmAddress,
        answer: ConfirmedAddress,
      },
      async (c) => {
        const { token } = parseBody(ConfirmAddress, await readJsonObject(c))
        return c.json({ email_addr: await confirmAddress(c.var.ctx, token) })
      },
    )
    .post(
      '/api/account/send-confirmation',
      {
        operationId: 'sendConfirmation',
        summary: 'Ask for the mail that confirms the own address',
        answer: Sent,
        refuses: [415],
      },
      async (c) => {
        await confirmOwnAddress(c.var.ctx)
        return sent(c)
      },
    )
    .post(
      '/api/account/resend-confirmation',
      {
        operationId: 'resendConfirmation',
        access: 'public',
        summary: 'The same, before anybody could sign in',
        description: 'Answers alike whether the address has an account or not.',
        body: ForgotPassword,
        answer: Sent,
      },
      async (c) => {
        const { email_addr } = parseBody(ForgotPassword, await readJsonObject(c))
        await resendConfirmation(c.var.ctx, email_addr)
        return sent(c)
      },
    )

function sent(c: Context<Env>): Response {
  return c.json({ status: 'sent' } satisfies Sent)
}
