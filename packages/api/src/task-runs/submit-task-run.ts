import { createHash } from 'node:crypto'
import { isUniqueViolation } from '@manyhands/shared/db/failures'
import { assertAllowed } from '@manyhands/shared/errors/allow'
import { ForbiddenError, NotFoundError } from '@manyhands/shared/errors/errors'
import { mayContribute } from '@manyhands/shared/projects/policy'
import { strategyOf } from '@manyhands/shared/scheduler/rules'
import type { AnswerIds, SubmitTaskRun } from '@manyhands/shared/task-runs/contract'
import { findAnswer, ONE_ANSWER_EACH, storeTaskRun } from '@manyhands/shared/task-runs/repository'
import type { TaskRunRow } from '@manyhands/shared/task-runs/table'
import { findTask } from '@manyhands/shared/tasks/repository'
import { addressVolunteer, type Volunteer } from '@manyhands/shared/volunteers/identity'
import type { ServiceContext } from '../http/env.ts'
import { getCachedProject } from '../projects/cached-project.ts'
import type { StoredFile } from '../uploads/upload-rules.ts'

/** Records one answer; with the last one that the task wanted, the task is completed. The same answer
 *  sent again (same `idempotencyKey`, or the same content) is answered with the stored one and changes
 *  nothing. `file`: what was uploaded with it, which `input` names. Throws ForbiddenError:
 *  `Invalid task_id`, `Invalid project_id`, never asked for the task,
 *  or a different second answer. */
export async function submitTaskRun(
  ctx: ServiceContext,
  input: SubmitTaskRun,
  idempotencyKey: string | null,
  file?: StoredFile,
): Promise<TaskRunRow> {
  const answerHash = hashAnswer(file ? withContent(input, file) : input)
  const { requester, requestedAt } = await findRequest(ctx, input.task_id)
  const { volunteer } = ctx.caller
  if (requestedAt === undefined) {
    return receipt(ctx, input, volunteer, idempotencyKey, answerHash)
  }
  await assertMayContribute(ctx, input).catch(async (error: unknown) => {
    await assertTaskExists(ctx, input)
    throw error
  })
  const run = {
    taskId: input.task_id,
    projectId: input.project_id,
    volunteer,
    requestedAt: new Date(requestedAt === 'unknown' ? ctx.clock() : requestedAt).toISOString(),
    info: input.info ?? null,
    mediaUrl: input.media_url ?? null,
    timeout: input.timeout ?? null,
    calibration: input.calibration ?? null,
    idempotencyKey,
    answerHash,
  }
  try {
    const stored = await storeTaskRun(ctx.db.primary, run)
    if (!stored) {
      await assertTaskExists(ctx, input)
      throw new ForbiddenError('Invalid task_id')
    }
    // After the commit: until then the slot is the volunteer's, and nobody else's.
    await Promise.all([
      ctx.leases.settle(requester.key, input.task_id, stored.nTaskRuns),
      ctx.wrote(),
    ])
    const { userId, userIp, externalUid, key } = volunteer
    return { ...run, ...stored, userId, userIp, externalUid, volunteerKey: key }
  } catch (error) {
    if (!isUniqueViolation(error, ONE_ANSWER_EACH)) throw error
    return await receipt(ctx, input, volunteer, idempotencyKey, answerHash)
  }
}

/** When the task was given to the caller, and as whom. A browser whose cookie came with its first task
 *  asked for that one without it, as its address. */
async function findRequest(
  ctx: ServiceContext,
  taskId: number,
): Promise<{ requester: Volunteer; requestedAt: number | 'unknown' | undefined }> {
  const { volunteer } = ctx.caller
  const requestedAt = await ctx.leases.requestedAt(volunteer.key, taskId)
  const isBrowser = volunteer.key.startsWith('browser:')
  if (requestedAt !== undefined || !isBrowser || !volunteer.userIp) {
    return { requester: volunteer, requestedAt }
  }
  const requester = addressVolunteer(volunteer.userIp)
  return { requester, requestedAt: await ctx.leases.requestedAt(requester.key, taskId) }
}

/** The answer that is there already, for a request that was sent again. Throws ForbiddenError. */
async function receipt(
  ctx: ServiceContext,
  input: SubmitTaskRun,
  volunteer: Volunteer,
  idempotencyKey: string | null,
  answerHash: string,
): Promise<TaskRunRow> {
  const stored = await findAnswer(ctx.db.primary, input.task_id, volunteer.key)
  if (!stored || stored.projectId !== input.project_id) return await refuseUnrequested(ctx, input)
  const repeated =
    stored.answerHash === answerHash ||
    (idempotencyKey !== null && stored.idempotencyKey === idempotencyKey)
  if (!repeated) throw new ForbiddenError('You have already answered this task', 'already_answered')
  await ctx.wrote()
  return stored
}

/** Throws whatever keeps the caller from answering this task (rest-api.md section 5.1, steps 6 to 12). */
export async function assertMayAnswer(ctx: ServiceContext, input: AnswerIds): Promise<void> {
  const { requestedAt } = await findRequest(ctx, input.task_id)
  if (requestedAt === undefined) await refuseUnrequested(ctx, input)
  await assertTaskExists(ctx, input)
  await assertMayContribute(ctx, input)
}

/** Before a file is taken in: the same, but whoever has answered may try to do it again. Whether it is the
 *  same answer shows once the file is read. */
export async function assertMayDeliver(ctx: ServiceContext, input: AnswerIds): Promise<void> {
  const answer = await findAnswer(ctx.db.primary, input.task_id, ctx.caller.volunteer.key)
  if (answer?.projectId !== input.project_id) await assertMayAnswer(ctx, input)
}

/** The locked strategy asks for the lock before it looks at the task (step 6), the others after. */
async function refuseUnrequested(ctx: ServiceContext, input: AnswerIds): Promise<never> {
  const project = await getCachedProject(ctx, input.project_id).catch(orNothing)
  if (!project || strategyOf(project.info) !== 'locked') await assertTaskExists(ctx, input)
  throw new ForbiddenError('You must request a task first!', 'not_requested')
}

function orNothing(error: unknown): undefined {
  if (!(error instanceof NotFoundError)) throw error
}

/** Throws ForbiddenError (steps 7 and 8). */
export async function assertTaskExists(ctx: ServiceContext, input: AnswerIds): Promise<void> {
  const task = await findTask(ctx.db.primary, input.task_id)
  if (!task) throw new ForbiddenError('Invalid task_id')
  if (task.projectId !== input.project_id) throw new ForbiddenError('Invalid project_id')
}

async function assertMayContribute(ctx: ServiceContext, input: AnswerIds): Promise<void> {
  try {
    const project = await getCachedProject(ctx, input.project_id)
    assertAllowed(ctx.caller.userId !== null, mayContribute(ctx.caller, project))
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error
    throw new ForbiddenError('Invalid project_id')
  }
}

/** The answer with its file's content instead of the file's name, which is another every time it is sent. */
function withContent(input: SubmitTaskRun, file: StoredFile): SubmitTaskRun {
  const { container: _container, file_name: _name, ...info } = Object(input.info)
  return { ...input, info, media_url: `sha256:${file.sha256}` }
}

/** The same for the same answer, however its keys are ordered. */
function hashAnswer(input: SubmitTaskRun): string {
  const { info = null, media_url = null, timeout = null, calibration = null } = input
  return createHash('sha256')
    .update(canonical({ info, media_url, timeout, calibration }))
    .digest('base64url')
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
