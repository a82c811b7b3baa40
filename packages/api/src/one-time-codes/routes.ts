import {
  ConfirmOneTimeCodes,
  OneTimeCodeSecret,
  OwnerProof,
  RecoveryCodes,
} from '@manyhands/shared/one-time-codes/contract'
import type { MiddlewareHandler } from 'hono'
import { parseBody, readJsonObject } from '../http/body.ts'
import type { Env } from '../http/env.ts'
import { Routes } from '../http/routes.ts'
import {
  confirmOneTimeCodes,
  renewRecoveryCodes,
  startOneTimeCodes,
  stopOneTimeCodes,
} from './service.ts'

export const oneTimeCodeRoutes = (limit: MiddlewareHandler<Env>) =>
  new Routes('otp', limit)
    .about('A second factor: codes of an app, good for half a minute each.')
    .post(
      '/api/account/otp',
      {
        operationId: 'startOneTimeCodes',
        summary: 'A secret for an app that makes one-time codes',
        answer: OneTimeCodeSecret,
        refuses: [415],
      },
      async (c) => {
        c.header('Cache-Control', 'no-store')
        return c.json(await startOneTimeCodes(c.var.ctx))
      },
    )
    .post(
      '/api/account/otp/confirm',
      {
        operationId: 'confirmOneTimeCodes',
        summary: 'Ask for one-time codes from now on; answers the recovery codes, this once',
        body: ConfirmOneTimeCodes,
        answer: RecoveryCodes,
      },
      async (c) => {
        const input = parseBody(ConfirmOneTimeCodes, await readJsonObject(c))
        c.header('Cache-Control', 'no-store')
        return c.json({ recovery_codes: await confirmOneTimeCodes(c.var.ctx, input) })
      },
    )
    .post(
      '/api/account/otp/recovery-codes',
      {
        operationId: 'renewRecoveryCodes',
        summary: 'New recovery codes in place of the old',
        body: OwnerProof,
        answer: RecoveryCodes,
      },
      async (c) => {
        const proof = parseBody(OwnerProof, await readJsonObject(c))
        c.header('Cache-Control', 'no-store')
        return c.json({ recovery_codes: await renewRecoveryCodes(c.var.ctx, proof) })
      },
    )
    .delete(
      '/api/account/otp',
      {
        operationId: 'stopOneTimeCodes',
        summary: 'Do not ask for one-time codes any more',
        body: OwnerProof,
      },
      async (c) => {
        await stopOneTimeCodes(c.var.ctx, parseBody(OwnerProof, await readJsonObject(c)))
        return c.body(null, 204)
      },
    )
