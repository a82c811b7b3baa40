import { z } from 'zod'
import { ProjectCard } from '../projects/contract.ts'
import { isReservedName } from './rules.ts'

/** The form of a user name; `NewUserName` is what somebody may choose. */
export const UserName = z
  .string()
  .trim()
  .min(3, 'must have 3 characters or more')
  .max(35, 'must have 35 characters or fewer')
  .regex(/^[^$#&/\\|?%\s]+$/, 'must not contain spaces or any of $ # & / \\ | ? %')
export const NewUserName = UserName.refine((name) => !isReservedName(name), 'is reserved')
export const FullName = z.string().trim().min(1, 'must not be empty').max(500)
export const EmailAddress = z.email('must be an e-mail address').max(254)
export const NewPassword = z.string().min(8, 'must have 8 characters or more').max(200)
/** A language tag, such as `en` or `pt-BR`. */
export const Locale = z.string().regex(/^[a-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/, 'must be a language')

/** `POST /api/account`. */
export const Register = z
  .strictObject({
    name: NewUserName,
    fullname: FullName,
    email_addr: EmailAddress,
    password: NewPassword,
    locale: Locale.optional(),
    consent: z.boolean().optional(),
  })
  .meta({ id: 'Register' })
export type Register = z.infer<typeof Register>

/** `GET /api/account/api-key`: shown to its own user only. */
export const ApiKey = z.object({ api_key: z.string() }).meta({ id: 'ApiKey' })
export type ApiKey = z.infer<typeof ApiKey>

const Info = z.record(z.string(), z.unknown())

/** What a person may change of their own account. `info` is replaced as a whole. */
export const AccountChange = z
  .strictObject({
    name: NewUserName,
    fullname: FullName,
    email_addr: EmailAddress,
    locale: Locale,
    privacy_mode: z.boolean(),
    restrict: z.boolean(),
    subscribed: z.boolean(),
    consent: z.boolean(),
    ckan_api: z.string().trim().max(254).nullable(),
    user_pref: z.record(z.string(), z.unknown()).nullable(),
    info: Info,
  })
  .partial()
  .meta({ id: 'AccountChange' })
export type AccountChange = z.infer<typeof AccountChange>

/** What an admin may give and take. */
export const Roles = z
  .strictObject({ admin: z.boolean(), subadmin: z.boolean(), pro: z.boolean() })
  .meta({ id: 'Roles' })
export type Roles = z.infer<typeof Roles>
export const RolesChange = Roles.partial().meta({ id: 'RolesChange' })
export type RolesChange = z.infer<typeof RolesChange>

/** `PUT /api/user/<id>`; the roles are for admins only. */
export const UserChange = AccountChange.extend(Roles.shape).partial().meta({ id: 'UserChange' })
export type UserChange = z.infer<typeof UserChange>

/** An account as the contract shows it (rest-api.md section 2.9): name and locale to everybody, fullname
 *  and created of those who want no privacy, the rest to itself and to admins. */
export const User = z
  .object({
    name: z.string(),
    locale: z.string(),
    fullname: z.string().optional(),
    created: z.string().optional(),
    id: z.int32().optional(),
    email_addr: z.string().optional(),
    info: Info.optional(),
    n_answers: z.null().optional(),
    registered_ago: z.null().optional(),
    rank: z.null().optional(),
    score: z.null().optional(),
  })
  .meta({ id: 'User' })
export type User = z.infer<typeof User>

/** `GET /api/admin/users?search=&before=&limit=`. */
export const UserSearch = z.object({
  search: z
    .string()
    .max(100)
    .optional()
    .describe('Beginnings of words of name, fullname and address'),
  before: z
    .string()
    .regex(/^\d+$/, 'must be a number')
    .optional()
    .describe('`next` of the page before'),
  limit: z
    .string()
    .regex(/^\d+$/, 'must be a number')
    .optional()
    .describe('At most 100; 50 by default'),
})
export type UserSearch = z.infer<typeof UserSearch>

/** An account as admins see it. */
export const AdminUser = Roles.extend({
  id: z.int32(),
  created: z.string(),
  name: z.string(),
  fullname: z.string(),
  email_addr: z.string(),
  valid_email: z.boolean(),
  locale: z.string(),
  restrict: z.boolean(),
}).meta({ id: 'AdminUser' })
export type AdminUser = z.infer<typeof AdminUser>

export const AdminUserPage = z
  .object({ items: z.array(AdminUser), next: z.string().nullable() })
  .meta({ id: 'AdminUserPage' })
export type AdminUserPage = z.infer<typeof AdminUserPage>

/** `GET /api/users/<name>`: what the page of a person shows. What they keep to themselves is null. */
export const PublicProfile = z
  .object({
    name: z.string(),
    locale: z.string(),
    fullname: z.string().nullable(),
    created: z.string().nullable(),
    avatar_url: z.string().nullable(),
    /** Published, the newest first. */
    projects_created: z.array(ProjectCard),
    /** Published projects that they have answered in, the latest answer first; null when kept private. */
    projects_contributed: z.array(ProjectCard).nullable(),
  })
  .meta({ id: 'PublicProfile' })
export type PublicProfile = z.infer<typeof PublicProfile>
