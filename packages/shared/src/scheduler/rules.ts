import { Strategy } from './contract.ts'

/** The strategy of a project; an unknown or missing name means the default. */
export function strategyOf(info: Record<string, unknown>): Strategy {
  const parsed = Strategy.safeParse(info.sched)
  return parsed.success ? parsed.data : 'default'
}

/** Whether a client may choose the order: the others are always urgent tasks first
 *  (rest-api.md section 4.4). */
export function takesClientOrder(strategy: Strategy): boolean {
  return strategy !== 'incremental' && strategy !== 'locked'
}

/** Whether the strategy's order is priority, then id: the order in which places are remembered. */
export function goesByPriorityAndId(strategy: Strategy): boolean {
  return strategy !== 'breadth_first'
}
