/** A task is complete once it has as many task runs as its redundancy asks for. */
export function isComplete(task: { nAnswers: number; nTaskRuns: number }): boolean {
  return task.nTaskRuns >= task.nAnswers
}

export function stateOf(task: { nAnswers: number; nTaskRuns: number }): 'ongoing' | 'completed' {
  return isComplete(task) ? 'completed' : 'ongoing'
}
