import { sql } from 'drizzle-orm'
import { boolean, index, integer, jsonb, pgTable, text, varchar } from 'drizzle-orm/pg-core'
import { categories } from '../categories/table.ts'
import { created, moment, serialKey } from '../db/columns.ts'
import { users } from '../users/table.ts'

export const projects = pgTable(
  'projects',
  {
    id: serialKey(),
    created: created(),
    updated: created(),
    name: varchar({ length: 255 }).notNull().unique('projects_name_key'),
    shortName: varchar({ length: 255 }).notNull().unique('projects_short_name_key'),
    description: varchar({ length: 255 }).notNull(),
    longDescription: text(),
    webhook: text(),
    allowAnonymousContributors: boolean().notNull().default(true),
    published: boolean().notNull().default(false),
    featured: boolean().notNull().default(false),
    contacted: boolean().notNull().default(false),
    secretKey: text().notNull().default(sql`gen_random_uuid()::text`),
    zipDownload: boolean().notNull().default(true),
    ownerId: integer()
      .notNull()
      .references(() => users.id),
    categoryId: integer()
      .notNull()
      .references(() => categories.id),
    info: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    /** Moves when a task comes, or comes back, before others in the scheduler's order: the places that
     *  volunteers have reached (scheduler/positions.ts) then count no more. */
    scheduleEpoch: integer().notNull().default(0),
    ownersIds: integer().array().notNull().default(sql`'{}'`),
    /** Accounts that were invited to try a draft. */
    testersIds: integer().array().notNull().default(sql`'{}'`),
    /** The account that was offered the project and has not answered yet. */
    pendingOwnerId: integer().references(() => users.id, { onDelete: 'set null' }),
    /** The name or e-mail address that the offer was made to, as its maker wrote it. It is there for an
     *  address that nobody has too, so that an offer tells nobody who has an account. */
    pendingOwnerLogin: varchar({ length: 254 }),
    /** Argon2id. A project with a password shows its tasks to whoever has given it. */
    passwordHash: varchar({ length: 254 }),
    /** Signs webhook calls (HMAC), sealed with the server's secret. */
    webhookSecretSealed: text(),
    /** Since when it is in the trash: gone for everybody, until its owner takes it back or it is purged. */
    trashed: moment(),
  },
  (t) => [
    index('projects_owner_id_idx').on(t.ownerId),
    index('projects_owners_ids_idx').using('gin', t.ownersIds),
    index('projects_testers_ids_idx').using('gin', t.testersIds),
    index('projects_pending_owner_id_idx').on(t.pendingOwnerId),
    index('projects_trashed_idx').on(t.trashed).where(sql`${t.trashed} is not null`),
    index('projects_category_id_idx').on(t.categoryId, t.id),
    index('projects_published_idx').on(t.id).where(sql`${t.published}`),
    index('projects_featured_idx').on(t.id).where(sql`${t.featured}`),
    index('projects_created_idx').on(t.created),
    index('projects_updated_idx').on(t.updated),
    index('projects_info_idx').using('gin', t.info.op('jsonb_path_ops')),
  ],
)

export type ProjectRow = typeof projects.$inferSelect
