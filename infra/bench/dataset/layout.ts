/** How many rows of each kind a database of a given scale has, and which of them a test or a bench asks
 *  about. Scale 1 is a million tasks with ten million answers. */
export interface Layout {
  users: number
  /** Project 1 has most tasks, 2 an eighth of that, 3 to 10 some thousands each, the others 40 each. */
  projects: number
  largestTasks: number
  secondTasks: number
  mediumTasks: number
  smallTasks: number
  tasks: number
  taskRuns: number
  posts: number
  /** Owns the three largest projects. */
  largestOwner: number
  /** Owns a fifth of the small ones. */
  manyOwner: number
  /** Owns one small project. */
  smallOwner: number
  admin: number
  /** Has answered so many tasks of the largest project. */
  busyVolunteer: number
  busyAnswers: number
  /** The first task of the largest project. */
  largestFirstTask: number
}

export const RUNS_PER_TASK = 10
export const SMALL_PROJECT_TASKS = 40
export const FIRST_SMALL_PROJECT = 11
const MEDIUM_PROJECTS = FIRST_SMALL_PROJECT - 3

export function layoutOf(scale: number): Layout {
  const whole = (count: number) => Math.max(1, Math.round(count * scale))
  const smallProjects = whole(1_500)
  const largestTasks = whole(800_000)
  const secondTasks = whole(100_000)
  const mediumTasks = MEDIUM_PROJECTS * whole(5_000)
  const smallTasks = smallProjects * SMALL_PROJECT_TASKS
  const tasks = largestTasks + secondTasks + mediumTasks + smallTasks
  return {
    users: whole(60_000) + 10,
    projects: FIRST_SMALL_PROJECT - 1 + smallProjects,
    largestTasks,
    secondTasks,
    mediumTasks,
    smallTasks,
    tasks,
    taskRuns: tasks * RUNS_PER_TASK,
    posts: whole(20_000),
    largestOwner: 1,
    manyOwner: 2,
    smallOwner: 3,
    admin: 4,
    busyVolunteer: 5,
    busyAnswers: whole(20_000),
    largestFirstTask: smallTasks + 1,
  }
}
