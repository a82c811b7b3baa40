import type { Context } from '@manyhands/shared/context/context'
import { NotFoundError } from '@manyhands/shared/errors/errors'
import type { Pass } from '@manyhands/shared/project-passwords/contract'
import type { ProjectRow } from '@manyhands/shared/projects/table'
import { hashToken } from '@manyhands/shared/secrets/secrets'
import { getCachedProject } from '../projects/cached-project.ts'

/** Passes that one request may bring. */
const MOST = 10

/** Proof that its bearer has given the project's password: `<project id>.<expires>.<signature>`. */
export function createPass(ctx: Context, project: ProjectRow): Pass {
  const expires = Math.floor(ctx.clock() / 1_000) + ctx.config.PROJECT_PASS_TTL_SECONDS
  const signature = ctx.secrets.sign('project-pass', signedText(project, expires))
  return { token: `${project.id}.${expires}.${signature}`, expires }
}

/** The projects that these passes open; one that is not whole, old, or of an earlier password opens
 *  nothing. Without passes nothing is looked up. */
export async function readPasses(ctx: Context, tokens: string[]): Promise<number[]> {
  const opened = await Promise.all(tokens.slice(0, MOST).map((token) => readPass(ctx, token)))
  return opened.flatMap((id) => id ?? [])
}

async function readPass(ctx: Context, token: string): Promise<number | undefined> {
  const [, id, expires, signature] = /^(\d{1,9})\.(\d{1,12})\.([\w-]{43})$/.exec(token) ?? []
  if (!id || !expires || !signature || Number(expires) * 1_000 < ctx.clock()) return undefined
  const project = await findProject(ctx, Number(id))
  if (!project?.passwordHash) return undefined
  const text = signedText(project, Number(expires))
  return ctx.secrets.isSignedBy('project-pass', text, signature) ? project.id : undefined
}

async function findProject(ctx: Context, id: number): Promise<ProjectRow | undefined> {
  try {
    return await getCachedProject(ctx, id)
  } catch (error) {
    if (error instanceof NotFoundError) return undefined
    throw error
  }
}

/** With something of the password's hash, which has a new salt each time: a new password, even the same
 *  one set again, makes every earlier pass void. */
function signedText(project: ProjectRow, expires: number): string {
  return `${project.id}.${expires}.${hashToken(project.passwordHash ?? '').toString('base64url')}`
}
