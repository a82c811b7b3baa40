import { z } from 'zod'

/** One line of the audit log: who changed what. Secrets are named, never shown. */
export const AuditEntry = z
  .object({
    id: z.int(),
    created: z.string(),
    project_id: z.int().nullable(),
    project_short_name: z.string(),
    user_id: z.int(),
    user_name: z.string(),
    action: z.enum(['create', 'update', 'delete']),
    caller: z.enum(['api', 'web']),
    attribute: z.string(),
    old_value: z.string().nullable(),
    new_value: z.string().nullable(),
  })
  .meta({ id: 'AuditEntry' })
export type AuditEntry = z.infer<typeof AuditEntry>

export const AuditPage = z
  .object({
    items: z.array(AuditEntry),
    /** The `before` of the next page; null on the last one. */
    next: z.int().nullable(),
  })
  .meta({ id: 'AuditPage' })
export type AuditPage = z.infer<typeof AuditPage>

/** Newest first. */
export const AuditFilter = z.object({
  attribute: z
    .string()
    .max(300)
    .optional()
    .describe('Changes of this attribute only: `published`, say, or `info.sched`.'),
  user: z.string().max(254).optional().describe('Changes by the account of this exact name.'),
  before: z.coerce
    .number()
    .int()
    .min(1)
    .optional()
    .describe('Older entries than this one: `next` of the page before.'),
  limit: z.coerce.number().int().min(1).max(100).default(50).describe('How many at most.'),
})
export type AuditFilter = z.infer<typeof AuditFilter>

/** For admins: changes of the site itself, or those of a project, deleted ones too. */
export const SiteAuditFilter = AuditFilter.extend({
  project_id: z.coerce
    .number()
    .int()
    .min(1)
    .max(2_147_483_647)
    .optional()
    .describe('Of this project, which may be deleted; without it, of the site itself.'),
})
export type SiteAuditFilter = z.infer<typeof SiteAuditFilter>
