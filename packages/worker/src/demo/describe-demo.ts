import { findProjectByShortName } from '@manyhands/shared/projects/repository'
import { findUserByLogin } from '@manyhands/shared/users/repository'
import { DEMO_OWNER, ownersPassword } from './demo-owner.ts'
import { DEMO_PROJECTS } from './demo-projects.ts'
import type { DemoContext } from './seed-demo.ts'

export interface DemoDescription {
  /** `password` is null once somebody has changed it. */
  owner: { name: string; email: string; password: string | null }
  projects: Array<{ id: number; name: string; short_name: string; url: string }>
}

/** What is there to look at, and how to sign in as its owner. */
export async function describeDemo(ctx: DemoContext): Promise<DemoDescription> {
  const db = ctx.db.primary
  const owner = await findUserByLogin(db, DEMO_OWNER.email_addr)
  const found = await Promise.all(
    DEMO_PROJECTS.map(({ shortName }) => findProjectByShortName(db, shortName)),
  )
  return {
    owner: {
      name: DEMO_OWNER.name,
      email: DEMO_OWNER.email_addr,
      password: owner ? await ownersPassword(owner, ctx.config.SECRET) : null,
    },
    projects: found.flatMap((project) =>
      project && project.ownerId === owner?.id
        ? {
            id: project.id,
            name: project.name,
            short_name: project.shortName,
            url: `${ctx.config.PUBLIC_URL}/project/${project.shortName}`,
          }
        : [],
    ),
  }
}
