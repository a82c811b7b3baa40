import { AppError, ValidationError } from '@manyhands/shared/errors/errors'
import { MAX_TASKS, TaskInput } from '@manyhands/shared/tasks/contract'
import { DEFAULT_REDUNDANCY } from '@manyhands/shared/tasks/repository'
import { asObject, assertFields, parseBody, withNumbers } from '../http/body.ts'
import type { ServiceContext } from '../http/env.ts'
import { getProjectForTask } from './service.ts'

export const RESERVED_TASK_FIELDS = ['id', 'created', 'state', 'fav_user_ids']

const NUMBERS = ['n_answers', 'priority_0', 'quorum', 'calibration']
const DEFAULTS: Record<string, number> = {
  n_answers: DEFAULT_REDUNDANCY,
  priority_0: 0,
  quorum: 0,
  calibration: 0,
}

/** Numbers that came as text, and `null` for "as usual": how pbs writes them (clients.md B.2, C.16). */
export function tidyTask(body: Record<string, unknown>): Record<string, unknown> {
  const tidy = withNumbers(body, NUMBERS)
  for (const name of NUMBERS) if (tidy[name] === null) tidy[name] = DEFAULTS[name]
  return tidy
}

/** A new task, refused in the contract's order: its fields, the caller's rights, its values. Throws
 *  ReservedFieldError, ValidationError, UnauthenticatedError, ForbiddenError. */
export async function readTask(
  ctx: ServiceContext,
  body: Record<string, unknown>,
  checkProject = getProjectForTask,
): Promise<TaskInput> {
  assertFields(TaskInput, body, RESERVED_TASK_FIELDS)
  await checkProject(ctx, body.project_id)
  return parseBody(TaskInput, tidyTask(body))
}

/** Many new tasks. Throws ValidationError naming each bad one by its place in the array; what concerns
 *  the caller and not the values is thrown as for one task. */
export async function readTasks(ctx: ServiceContext, bodies: unknown[]): Promise<TaskInput[]> {
  if (bodies.length === 0 || bodies.length > MAX_TASKS) {
    throw new ValidationError(`Send 1 to ${MAX_TASKS} tasks at a time`, 'value', [
      { field: '', message: `must have 1 to ${MAX_TASKS} elements` },
    ])
  }
  const checkProject = onceEach((id) => getProjectForTask(ctx, id))
  const tasks: TaskInput[] = []
  const problems: ValidationError[] = []
  for (const [at, body] of bodies.entries()) {
    try {
      tasks.push(await readTask(ctx, asObject(body), (_, id) => checkProject(id)))
    } catch (error) {
      problems.push(atPlace(error, at))
    }
  }
  const [first] = problems
  if (!first) return tasks
  throw new ValidationError(
    first.message,
    first.fault,
    problems.flatMap(({ issues }) => issues),
  )
}

/** Asks for each project once, however many tasks are for it. */
function onceEach<T>(ask: (id: unknown) => Promise<T>): (id: unknown) => Promise<T> {
  const asked = new Map<unknown, Promise<T>>()
  return (id) => {
    const answer = asked.get(id) ?? ask(id)
    asked.set(id, answer)
    return answer
  }
}

function atPlace(error: unknown, at: number): ValidationError {
  if (!(error instanceof AppError)) throw error
  // Who may not write hears that, and nothing of the values.
  if (error.kind === 'forbidden' || error.kind === 'unauthenticated') throw error
  const issues = error instanceof ValidationError ? error.issues : []
  const field = 'field' in error && typeof error.field === 'string' ? error.field : ''
  const named = issues.length > 0 ? issues : [{ field, message: error.message }]
  return new ValidationError(
    `[${at}] ${error.message}`,
    error instanceof ValidationError ? error.fault : 'value',
    named.map((issue) => ({ ...issue, field: `${at}.${issue.field}`.replace(/\.$/, '') })),
  )
}
