import { bigint, index, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { created } from '../db/columns.ts'

/** Who changed what. No foreign keys: it outlives the project and the account. */
export const auditLog = pgTable(
  'audit_log',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
    /** Null for changes of the site itself: roles, categories, announcements. */
    projectId: integer(),
    projectShortName: text().notNull(),
    userId: integer().notNull(),
    userName: text().notNull(),
    created: created(),
    action: text().$type<'create' | 'update' | 'delete'>().notNull(),
    caller: text().$type<'api' | 'web'>().notNull(),
    attribute: text().notNull(),
    oldValue: text(),
    newValue: text(),
  },
  (t) => [
    index('audit_log_project_id_idx').on(t.projectId, t.id),
    index('audit_log_attribute_idx').on(t.projectId, t.attribute, t.id),
    index('audit_log_user_name_idx').on(t.projectId, t.userName, t.id),
    index('audit_log_user_id_idx').on(t.userId, t.id),
  ],
)

export type AuditRow = typeof auditLog.$inferSelect
