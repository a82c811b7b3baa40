import { randomUUID } from 'node:crypto'
import { findFirstCategory } from '../src/categories/repository.ts'
import type { Context } from '../src/context/context.ts'
import { insertProject } from '../src/projects/repository.ts'
import type { ProjectRow } from '../src/projects/table.ts'
import { insertProjectStats } from '../src/stats/repository.ts'
import { insertTasks, listTasksByIds } from '../src/tasks/repository.ts'
import type { TaskRow } from '../src/tasks/table.ts'
import { createUser } from '../src/users/create-user.ts'
import type { UserRow } from '../src/users/table.ts'

let counter = 0

/** Rows for tests, made through the same code as the platform's own. */
export class Factories {
  readonly #ctx: Context
  #project: ProjectRow | undefined

  constructor(ctx: Context) {
    this.#ctx = ctx
  }

  async user(
    flags: { admin?: boolean; name?: string; password?: string } = {},
  ): Promise<{ user: UserRow; apiKey: string }> {
    const name = flags.name ?? `user${++counter}x${randomUUID().slice(0, 8)}`
    return createUser(
      this.#ctx,
      {
        name,
        fullname: `Test ${name}`,
        email_addr: `${name}@example.org`,
        password: flags.password ?? 'correct horse',
      },
      flags.admin === undefined ? {} : { admin: flags.admin },
    )
  }

  async project(fields: Partial<ProjectRow> = {}): Promise<ProjectRow> {
    const ownerId = fields.ownerId ?? (await this.user()).user.id
    const category = await findFirstCategory(this.#ctx.db.primary)
    const name = `project-${++counter}-${randomUUID().slice(0, 8)}`
    return this.#ctx.db.primary.transaction(async (tx) => {
      const project = await insertProject(tx, {
        name,
        shortName: name,
        description: 'A project of the tests',
        published: true,
        ownerId,
        categoryId: category?.id ?? 1,
        ...fields,
      })
      await insertProjectStats(tx, project.id)
      return project
    })
  }

  /** Tasks of `project`, or of one project made for all calls without one. */
  async tasks(
    count: number,
    options: { redundancy?: number; project?: ProjectRow } = {},
  ): Promise<TaskRow[]> {
    this.#project ??= options.project ?? (await this.project())
    const project = options.project ?? this.#project
    const ids = await this.#ctx.db.primary.transaction((tx) =>
      insertTasks(
        tx,
        project.id,
        Array.from({ length: count }, (_, at) => ({
          info: { n: at },
          nAnswers: options.redundancy ?? 1,
        })),
      ),
    )
    const rows = await listTasksByIds(this.#ctx.db.primary, ids)
    return rows.sort((a, b) => a.id - b.id)
  }
}
