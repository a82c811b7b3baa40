import { ProjectPage } from '@manyhands/shared/projects/contract'
import { DEMO_PROJECTS } from '../demo-projects.ts'
import { AnswerBook } from './answer-book.ts'
import { PlatformClient, RefusedError } from './platform-client.ts'
import { sumProgress, waitForProgress } from './progress.ts'
import { type CrowdProject, SimulatedVolunteer } from './volunteer.ts'

export interface CrowdOptions {
  /** The platform's public address. */
  url: string
  /** What the passwords of the crowd's accounts are made from. */
  secret: string
  size: number
  /** The share of wrong answers, 0 to 1. */
  errorRate: number
  maxAnswers: number
  say: (text: string) => void
}

export interface CrowdSummary {
  volunteers: number
  answers: number
  wrong: number
  completed_tasks: number
  errors: number
}

/** Requests under way at a time. */
const AT_A_TIME = 4
/** Answers in a row before the next volunteer has a turn: then all of them take part. */
const PER_SITTING = 6
/** One in so many has an account. */
const ACCOUNT_EVERY = 3
const MAX_ERRORS = 20

interface Seat {
  volunteer: SimulatedVolunteer
  /** Projects with something left for this volunteer. */
  projects: CrowdProject[]
}

/** What the volunteers share while they answer. */
interface Round {
  options: CrowdOptions
  summary: CrowdSummary
  /** Answers that may still be begun: several are under way at a time. */
  left: number
}

/** Lets simulated volunteers answer the demo through the public API until nothing is left.
 *  Throws UnavailableError when nobody answers at `url`. */
export async function runCrowd(options: CrowdOptions): Promise<CrowdSummary> {
  const { url, say } = options
  const visitor = new PlatformClient(url, say)
  const projects = await openProjects(visitor)
  const before = await sumProgress(visitor, projects)
  const summary: CrowdSummary = {
    volunteers: options.size,
    answers: 0,
    wrong: 0,
    completed_tasks: 0,
    errors: 0,
  }
  const queue = Array.from({ length: options.size }, (_, n) => seatOf(n, projects, options))
  const round = { options, summary, left: options.maxAnswers }
  await Promise.all(Array.from({ length: AT_A_TIME }, () => seatVolunteers(queue, round)))
  const after = await waitForProgress(visitor, projects, before.n_task_runs + summary.answers)
  summary.completed_tasks = after.n_completed_tasks - before.n_completed_tasks
  return summary
}

/** Those of the demo's projects that are still there. */
async function openProjects(visitor: PlatformClient): Promise<CrowdProject[]> {
  const found = await Promise.all(
    DEMO_PROJECTS.map(async (demo): Promise<CrowdProject[]> => {
      try {
        const { id } = await visitor.get(`/api/projects/${demo.shortName}`, ProjectPage)
        return [{ id, shortName: demo.shortName, book: await AnswerBook.of(demo) }]
      } catch (error) {
        if (error instanceof RefusedError && error.status === 404) return []
        throw error
      }
    }),
  )
  return found.flat()
}

function seatOf(n: number, projects: CrowdProject[], options: CrowdOptions): Seat {
  const hasAccount = n % ACCOUNT_EVERY === 0
  const accountName = hasAccount ? `crowd-${String(n + 1).padStart(3, '0')}` : undefined
  const volunteer = new SimulatedVolunteer({ ...options, accountName })
  // Each begins with another project.
  const first = n % Math.max(projects.length, 1)
  return { volunteer, projects: [...projects.slice(first), ...projects.slice(0, first)] }
}

/** Takes volunteers from the front of the queue and puts them back at its end, until all have gone. */
async function seatVolunteers(queue: Seat[], round: Round): Promise<void> {
  const { summary, options } = round
  for (let seat = queue.shift(); seat; seat = queue.shift()) {
    if (round.left === 0 || summary.errors >= MAX_ERRORS) return
    try {
      await sit(seat, round)
    } catch (error) {
      summary.errors++
      options.say(error instanceof Error ? error.message : String(error))
    }
    if (seat.projects.length > 0) queue.push(seat)
  }
}

async function sit(seat: Seat, round: Round): Promise<void> {
  const { summary, options } = round
  const [project, ...others] = seat.projects
  if (!project) return
  for (let n = 0; n < PER_SITTING && round.left > 0; n++) {
    round.left--
    const answered = await seat.volunteer.answerNext(project, options.errorRate)
    if (!answered) {
      round.left++
      seat.projects = others
      return
    }
    summary.answers++
    if (answered.isWrong) summary.wrong++
  }
  // Something else next time.
  seat.projects = [...others, project]
}
