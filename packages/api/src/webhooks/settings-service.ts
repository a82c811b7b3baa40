import type { ProjectRow } from '@manyhands/shared/projects/table'
import type { WebhookSettings } from '@manyhands/shared/webhooks/contract'
import { mayManageWebhook } from '@manyhands/shared/webhooks/policy'
import { sealNewSecret, unsealSecret } from '@manyhands/shared/webhooks/secret'
import type { Caller, ServiceContext } from '../http/env.ts'
import { applyChange } from '../projects/apply-change.ts'
import { changeOwnProject, findOwnProject } from '../projects/owned-project.ts'
import { webhookColumns } from '../projects/webhook-columns.ts'

/** Throws NotFoundError, ForbiddenError. */
export async function getWebhook(ctx: ServiceContext, shortName: string): Promise<WebhookSettings> {
  return show(await findOwnProject(ctx, shortName, may(ctx)))
}

/** Sets or removes the address; the first one brings a secret with it. Throws NotFoundError,
 *  ForbiddenError, ValidationError for an address inside the platform's own network. */
export async function setWebhook(
  ctx: ServiceContext,
  shortName: string,
  url: string | null,
): Promise<WebhookSettings> {
  await findOwnProject(ctx, shortName, may(ctx))
  const columns = await webhookColumns(ctx, url)
  const project = await changeOwnProject(
    ctx,
    shortName,
    (tx, before) => {
      const webhookSecretSealed = before.webhookSecretSealed ?? sealNewSecret(ctx.secrets)
      return applyChange(ctx, tx, before, { ...columns, ...(url && { webhookSecretSealed }) })
    },
    { may: may(ctx) },
  )
  return show(project)
}

/** The secret; one is made for an address that came by the wire. Throws NotFoundError, ForbiddenError. */
export async function revealSecret(ctx: ServiceContext, shortName: string): Promise<string> {
  const { webhookSecretSealed } = await findOwnProject(ctx, shortName, may(ctx))
  if (webhookSecretSealed === null) return rotateSecret(ctx, shortName)
  return unsealSecret(ctx.secrets, webhookSecretSealed)
}

/** A new secret; calls from now on are signed with it. Throws NotFoundError, ForbiddenError. */
export async function rotateSecret(ctx: ServiceContext, shortName: string): Promise<string> {
  const webhookSecretSealed = sealNewSecret(ctx.secrets)
  await changeOwnProject(
    ctx,
    shortName,
    (tx, before) => applyChange(ctx, tx, before, { webhookSecretSealed }),
    { may: may(ctx) },
  )
  return unsealSecret(ctx.secrets, webhookSecretSealed)
}

function may(ctx: ServiceContext) {
  return (caller: Caller, project: ProjectRow) =>
    mayManageWebhook(caller, project, ctx.config.PRO_FEATURES)
}

function show(project: ProjectRow): WebhookSettings {
  return { url: project.webhook || null, has_secret: project.webhookSecretSealed !== null }
}
