import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigint,
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  varchar,
} from 'drizzle-orm/pg-core'
import { bytes, created, internalMoment, serialKey } from '../db/columns.ts'

/** The words that an account is found by. */
export const userWords = (t: {
  name: AnyPgColumn
  fullname: AnyPgColumn
  emailAddr: AnyPgColumn
}) => sql`to_tsvector('simple', ${t.name} || ' ' || ${t.fullname} || ' ' || ${t.emailAddr})`

export const users = pgTable(
  'users',
  {
    id: serialKey(),
    created: created(),
    emailAddr: varchar({ length: 254 }).notNull(),
    name: varchar({ length: 254 }).notNull(),
    fullname: varchar({ length: 500 }).notNull(),
    locale: varchar({ length: 254 }).notNull().default('en'),
    /** SHA-256 of the key: what a request is looked up by. */
    apiKeyHash: bytes().unique(),
    /** The key itself, sealed with the server's secret: only its own user is ever shown it. */
    apiKeySealed: text(),
    passwdHash: varchar({ length: 254 }),
    ldap: varchar({ length: 254 }).unique(),
    admin: boolean().notNull().default(false),
    pro: boolean().notNull().default(false),
    privacyMode: boolean().notNull().default(true),
    restrict: boolean().notNull().default(false),
    category: integer(),
    flags: integer(),
    ckanApi: varchar({ length: 254 }).unique(),
    newsletterPrompted: boolean().notNull().default(false),
    validEmail: boolean().notNull().default(false),
    confirmationEmailSent: boolean().notNull().default(false),
    subscribed: boolean().notNull().default(false),
    consent: boolean().notNull().default(false),
    info: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    userPref: jsonb().$type<Record<string, unknown>>(),
    notifiedAt: date(),
    /** Moderates: categories, featured projects, announcements; sees drafts; changes nobody's account. */
    subadmin: boolean().notNull().default(false),
    /** Secret of the time-based one-time codes (RFC 6238), sealed. Asked for once `otpEnabled`. */
    otpSecretSealed: text(),
    otpEnabled: boolean().notNull().default(false),
    /** Time step of the last code that was accepted: a code works once. */
    otpLastStep: bigint({ mode: 'number' }),
    /** Keyed hash, base64url, of each recovery code that is left. */
    recoveryCodeHashes: text().array().notNull().default(sql`'{}'`),
    /** Since when the account is gone. The row stays, without anything of its person, until its answers
     *  are nobody's (erasure/). */
    erased: internalMoment(),
  },
  (t) => [
    // One account per address and per name, however they are capitalised.
    uniqueIndex('users_email_addr_key').on(sql`lower(${t.emailAddr})`),
    uniqueIndex('users_name_key').on(sql`lower(${t.name})`),
    index('users_created_idx').on(t.created),
    index('users_info_idx').using('gin', t.info.op('jsonb_path_ops')),
    // Who administers: few, and counted before one of them goes.
    index('users_admin_idx').on(t.id).where(sql`${t.admin}`),
    index('users_erased_idx').on(t.id).where(sql`${t.erased} is not null`),
    // Admins look people up by the beginnings of their words.
    index('users_search_idx').using('gin', userWords(t)),
  ],
)

export type UserRow = typeof users.$inferSelect
