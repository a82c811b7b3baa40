import { z } from 'zod'
import { Presenter } from '../presenters/contract.ts'

export const ProjectInfo = z.record(z.string(), z.unknown())

/** A project as the wire shows it. Owners and admins see every field, others the first block. */
export const Project = z
  .object({
    id: z.int32(),
    name: z.string(),
    short_name: z.string(),
    description: z.string(),
    long_description: z.string().nullable(),
    created: z.string(),
    updated: z.string(),
    category_id: z.int32(),
    featured: z.boolean(),
    owner_id: z.int32(),
    owners_ids: z.array(z.int()),
    info: ProjectInfo,
    link: z.string().optional(),
    links: z.array(z.string()).optional(),
    /** Of a full-text search. */
    headline: z.string().optional(),
    rank: z.number().optional(),
    stats: z.record(z.string(), z.unknown()).optional(),

    webhook: z.string().nullable().optional(),
    allow_anonymous_contributors: z.boolean().optional(),
    published: z.boolean().optional(),
    zip_download: z.boolean().optional(),
    contacted: z.boolean().optional(),
  })
  .meta({ id: 'Project' })
export type Project = z.infer<typeof Project>

/** Names that are addresses of the platform's own pages. `task` would confuse pybossa.js
 *  (clients.md A.7). */
export const RESERVED_SHORT_NAMES = ['new', 'category', 'task', 'newtask', '<short_name>'] as const

const text = z.string().min(1, 'must not be empty').max(255)
export const ShortName = text
  .regex(/^[^$#&/\\|?%\s]+$/, 'must not contain spaces or any of $ # & / \\ | ? %')
  .refine((name) => !(RESERVED_SHORT_NAMES as readonly string[]).includes(name), {
    message: "Project short_name is not valid, as it's used by the system.",
  })

const writable = {
  name: text,
  short_name: ShortName,
  description: text,
  long_description: z.string().nullable(),
  webhook: z.union([z.url({ protocol: /^https?$/ }), z.literal('')]).nullable(),
  allow_anonymous_contributors: z.boolean(),
  zip_download: z.boolean(),
  category_id: z.int32(),
  info: ProjectInfo,
}

/** `POST /api/project`. */
export const ProjectInput = z
  .strictObject(writable)
  .partial()
  .required({ name: true, short_name: true, description: true })
  .meta({ id: 'ProjectInput' })
export type ProjectInput = z.infer<typeof ProjectInput>

/** `PUT /api/project/<id>`: only what is sent changes; `info` is replaced as a whole. */
export const ProjectChange = z.strictObject(writable).partial().meta({ id: 'ProjectChange' })
export type ProjectChange = z.infer<typeof ProjectChange>

/** The numbers of a project: the same wherever it is shown. */
export const Progress = z
  .object({
    n_tasks: z.int(),
    n_completed_tasks: z.int(),
    n_task_runs: z.int(),
    n_volunteers: z.int(),
    n_results: z.int(),
    /** Completed tasks in percent, rounded down, so that 100 means all. */
    overall_progress: z.int(),
    /** Mean time that a volunteer spends on a task, seconds; 0 while nobody has answered. */
    average_time: z.number(),
    last_activity: z.string().nullable(),
  })
  .meta({ id: 'Progress' })
export type Progress = z.infer<typeof Progress>

/** A project in the app's lists. */
export const ProjectCard = z
  .object({
    id: z.int32(),
    name: z.string(),
    short_name: z.string(),
    description: z.string(),
    category: z.object({ id: z.int32(), name: z.string(), short_name: z.string() }),
    thumbnail_url: z.string().nullable(),
    featured: z.boolean(),
    published: z.boolean(),
    created: z.string(),
    progress: Progress,
    /** Answers that the caller has given here. */
    done_by_me: z.int(),
    /** Since when it is in the trash; only in the list of the trash. */
    trashed: z.string().optional(),
  })
  .meta({ id: 'ProjectCard' })
export type ProjectCard = z.infer<typeof ProjectCard>

/** `GET /api/projects`: what the app browses. */
export const ProjectFilter = z.object({
  search: z.string().trim().max(100).optional().describe('Words of the name or the description.'),
  category: z.string().optional().describe('The short name of a category.'),
  sort: z
    .enum(['featured', 'newest', 'active', 'nearly_done', 'needs_help'])
    .optional()
    .describe('What comes first.'),
  scope: z
    .enum(['mine', 'contributed', 'trash'])
    .optional()
    .describe(
      '`mine`: what the caller owns, drafts too; `contributed`: where the caller has answered; `trash`: what the caller owns and has thrown away.',
    ),
  after: z.string().optional().describe('`next` of the page before.'),
  limit: z.coerce.number().int().min(1).max(100).optional().describe('How many at most.'),
})
export type ProjectFilter = z.infer<typeof ProjectFilter>

export const ProjectCardPage = z
  .object({ items: z.array(ProjectCard), next: z.string().nullable() })
  .meta({ id: 'ProjectCardPage' })
export type ProjectCardPage = z.infer<typeof ProjectCardPage>

/** `GET /api/projects/<short_name>`: all that the project's page shows. */
export const ProjectPage = ProjectCard.extend({
  long_description: z.string().nullable(),
  owner: z.object({ id: z.int32(), name: z.string(), fullname: z.string() }),
  allow_anonymous_contributors: z.boolean(),
  presenter: Presenter.nullable(),
  /** The project has an owner-written HTML presenter (`info.task_presenter`). */
  has_custom_presenter: z.boolean(),
  /** What the caller may do here: the app shows and hides its buttons by this. */
  may: z.object({
    update: z.boolean(),
    publish: z.boolean(),
    export: z.boolean(),
    contribute: z.boolean(),
  }),
  /** What still keeps a draft from being published, in the order of the checklist. */
  missing: z.array(z.enum(['tasks', 'presenter'])),
  /** Closed to this caller until they give the project's password. */
  needs_password: z.boolean().default(false),
}).meta({ id: 'ProjectPage' })
export type ProjectPage = z.infer<typeof ProjectPage>

/** `GET /api/platform`: the totals on the home page. */
export const PlatformTotals = z
  .object({
    n_projects: z.int(),
    n_task_runs: z.int(),
    n_volunteers: z.int(),
    n_completed_tasks: z.int(),
  })
  .meta({ id: 'PlatformTotals' })
export type PlatformTotals = z.infer<typeof PlatformTotals>
