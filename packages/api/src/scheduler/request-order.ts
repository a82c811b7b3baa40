import { parseFlag } from '@manyhands/shared/db/list'
import { ValidationError } from '@manyhands/shared/errors/errors'
import { taskList } from '@manyhands/shared/tasks/list-shape'
import { asc, desc, type SQL, sql } from 'drizzle-orm'

/** An order that a client asks for. */
export interface RequestOrder {
  by: SQL
  /** Urgent tasks first, then by id: what most strategies do anyway, by an index. */
  isByPriority: boolean
}

/** `orderby` and `desc` of newtask (rest-api.md section 4.1). Throws ValidationError for an unknown
 *  column or direction. */
export function parseRequestOrder(
  orderby: string | undefined,
  direction: string | undefined,
): RequestOrder | undefined {
  const descending = parseFlag('desc', direction ?? '')
  if (!orderby) return descending ? { by: sql`t.id desc`, isByPriority: false } : undefined
  const field = Object.hasOwn(taskList.fields, orderby) ? taskList.fields[orderby] : undefined
  if (!field) {
    throw new ValidationError(`type object 'Task' has no attribute '${orderby}'`, 'unknown-name', [
      { field: 'orderby', message: 'is not a field of a task' },
    ])
  }
  if (orderby === 'priority_0' && descending) {
    return { by: sql`(-t.priority_0), t.id`, isByPriority: true }
  }
  const column = sql`t.${sql.identifier(orderby)}`
  const key = field.kind === 'favourites' ? sql`coalesce(cardinality(${column}), 0)` : column
  return { by: sql`${descending ? desc(key) : asc(key)}, t.id`, isByPriority: false }
}
