import {
  AddPasskey,
  Passkey,
  PasskeyList,
  PasskeyOptions,
  RenamePasskey,
  SignInWithPasskey,
} from '@manyhands/shared/passkeys/contract'
import { toPasskeyView } from '@manyhands/shared/passkeys/view'
import { Session } from '@manyhands/shared/sessions/contract'
import type { MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { parseBody, readJsonObject } from '../http/body.ts'
import type { Env } from '../http/env.ts'
import { Routes } from '../http/routes.ts'
import { answerSession } from '../sessions/answer-session.ts'
import {
  addPasskey,
  listOwnPasskeys,
  removePasskey,
  renamePasskey,
  signInWithPasskey,
  startPasskey,
  startPasskeySignIn,
} from './service.ts'

const PARAMS = { passkey: z.string().describe('The id of the passkey, as it is listed.') }

export const passkeyRoutes = (limit: MiddlewareHandler<Env>, signInLimit: MiddlewareHandler<Env>) =>
  new Routes('passkey', limit)
    .about(
      'Signing in with what a device keeps and its owner unlocks (WebAuthn), without a password.',
    )
    .get(
      '/api/account/passkeys',
      {
        operationId: 'listPasskeys',
        access: 'account',
        summary: "The caller's passkeys",
        answer: PasskeyList,
      },
      async (c) => {
        c.header('Cache-Control', 'no-store')
        return c.json((await listOwnPasskeys(c.var.ctx)).map(toPasskeyView))
      },
    )
    .post(
      '/api/account/passkeys/options',
      {
        operationId: 'startPasskey',
        summary: 'What the browser asks its authenticator for a new passkey',
        answer: PasskeyOptions,
        refuses: [415],
      },
      async (c) => {
        c.header('Cache-Control', 'no-store')
        return c.json(await startPasskey(c.var.ctx))
      },
    )
    .post(
      '/api/account/passkeys',
      {
        operationId: 'addPasskey',
        summary: 'Add the passkey that the authenticator made',
        body: AddPasskey,
        answer: Passkey,
      },
      async (c) => {
        const input = parseBody(AddPasskey, await readJsonObject(c))
        return c.json(toPasskeyView(await addPasskey(c.var.ctx, input)))
      },
    )
    .put(
      '/api/account/passkeys/:passkey',
      {
        operationId: 'renamePasskey',
        params: PARAMS,
        summary: 'Call a passkey something else',
        body: RenamePasskey,
        answer: Passkey,
      },
      async (c) => {
        const input = parseBody(RenamePasskey, await readJsonObject(c))
        const row = await renamePasskey(c.var.ctx, c.req.param('passkey') ?? '', input)
        return c.json(toPasskeyView(row))
      },
    )
    .delete(
      '/api/account/passkeys/:passkey',
      {
        operationId: 'removePasskey',
        params: PARAMS,
        summary: 'Remove a passkey, unless it is the only way to sign in',
        refuses: [415],
      },
      async (c) => {
        await removePasskey(c.var.ctx, c.req.param('passkey') ?? '')
        return c.body(null, 204)
      },
    )
    .use(signInLimit)
    .post(
      '/api/session/passkey/options',
      {
        operationId: 'startPasskeySignIn',
        access: 'public',
        summary: 'What the browser asks its authenticator for signing in',
        answer: PasskeyOptions,
      },
      async (c) => {
        c.header('Cache-Control', 'no-store')
        return c.json(await startPasskeySignIn(c.var.ctx))
      },
    )
    .post(
      '/api/session/passkey',
      {
        operationId: 'signInWithPasskey',
        access: 'guest',
        summary: 'Sign in with a passkey',
        body: SignInWithPasskey,
        answer: Session,
      },
      async (c) => {
        const input = parseBody(SignInWithPasskey, await readJsonObject(c))
        return answerSession(c, await signInWithPasskey(c.var.ctx, input))
      },
    )
