import { Strategy } from './contract.ts'

/** The strategy of a project; an unknown or missing name means the default. */
export function strategyOf(info: Record<string, unknown>): Strategy {
  const parsed = Strategy.safeParse(info.sched)
  return parsed.success ? parsed.data : 'default'
}

/** Whether the strategy's order is priority, then id: the order in which places are remembered. */
export function goesByPriorityAndId(strategy: Strategy): boolean {
  return strategy !== 'breadth_first'
}
