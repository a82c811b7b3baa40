import { WebhookChange, WebhookSecret, WebhookSettings } from '@manyhands/shared/webhooks/contract'
import type { Context, MiddlewareHandler } from 'hono'
import { parseBody, readJsonObject } from '../http/body.ts'
import type { Env } from '../http/env.ts'
import { Routes } from '../http/routes.ts'
import { getWebhook, revealSecret, rotateSecret, setWebhook } from './settings-service.ts'

const WEBHOOK = '/api/projects/:shortName/webhook'

export const webhookSettingsRoutes = (limit: MiddlewareHandler<Env>) =>
  new Routes('webhook', limit)
    .about('Where the platform tells an owner that a task is completed, and how it signs.')
    .get(
      WEBHOOK,
      {
        summary: 'Where a project tells of completed tasks',
        operationId: 'getWebhook',
        access: 'account',
        answer: WebhookSettings,
      },
      async (c) => c.json(await getWebhook(c.var.ctx, shortName(c))),
    )
    .put(
      WEBHOOK,
      {
        summary: 'Set the address of the webhook, or with null remove it',
        operationId: 'setWebhook',
        body: WebhookChange,
        answer: WebhookSettings,
      },
      async (c) => {
        const body = await readJsonObject(c)
        // Null removes it; the usual reading of null is a value that is missing.
        const url = body.url === '' ? null : body.url
        const change = url === null ? { url } : parseBody(WebhookChange, body)
        return c.json(await setWebhook(c.var.ctx, shortName(c), change.url))
      },
    )
    .get(
      `${WEBHOOK}/secret`,
      {
        summary: 'What calls of the webhook are signed with, for its owners',
        operationId: 'getWebhookSecret',
        access: 'account',
        answer: WebhookSecret,
      },
      async (c) => {
        c.header('Cache-Control', 'no-store')
        return c.json({ secret: await revealSecret(c.var.ctx, shortName(c)) })
      },
    )
    .post(
      `${WEBHOOK}/secret`,
      { summary: 'A new secret', operationId: 'rotateWebhookSecret', answer: WebhookSecret },
      async (c) => {
        c.header('Cache-Control', 'no-store')
        return c.json({ secret: await rotateSecret(c.var.ctx, shortName(c)) })
      },
    )

function shortName(c: Context<Env>): string {
  return c.req.param('shortName') ?? ''
}
