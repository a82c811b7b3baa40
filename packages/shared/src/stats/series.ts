export const WINDOW_DAYS = 14
export const DAY_MS = 86_400_000

/** Answers of one hour of one day, by one of the two kinds of volunteers. */
export interface AnswerCount {
  /** Midnight of the day in UTC, epoch milliseconds. */
  day: number
  hour: number
  anonymous: boolean
  answers: number
}

export interface CompletedCount {
  day: number
  tasks: number
}

/** The days of the window up to the one of `now`, as midnights in UTC, epoch milliseconds. */
export function windowDays(now: number): number[] {
  const today = Math.floor(now / DAY_MS) * DAY_MS
  return Array.from({ length: WINDOW_DAYS }, (_, at) => today - (WINDOW_DAYS - 1 - at) * DAY_MS)
}

/** `info.dates_stats` (data-model.md, project_stats): answers a day, and the completed tasks of the window
 *  added up. */
export function datesStats(days: number[], answers: AnswerCount[], completed: CompletedCount[]) {
  const perDay = (of: AnswerCount[]) =>
    days.map((day) => [day, sum(of.filter((count) => count.day === day).map((c) => c.answers))])
  let total = 0
  const completedSoFar = days.map((day) => {
    total += sum(completed.filter((count) => count.day === day).map((c) => c.tasks))
    return [day, total]
  })
  return [
    { label: 'Anon + Auth', values: perDay(answers) },
    { label: 'Anonymous', values: perDay(answers.filter((count) => count.anonymous)) },
    { label: 'Authenticated', values: perDay(answers.filter((count) => !count.anonymous)) },
    { label: 'Completed Tasks', disabled: 'True', values: completedSoFar },
  ]
}

/** `info.hours_stats`: answers in each hour of the day, with the radius of the original's bubbles. */
export function hoursStats(answers: AnswerCount[]) {
  const perHour = (of: AnswerCount[]) =>
    Array.from({ length: 24 }, (_, hour) =>
      sum(of.filter((count) => count.hour === hour).map((count) => count.answers)),
    )
  const all = perHour(answers)
  const most = Math.max(...all)
  const series = (label: string, hours: number[]) => ({
    label,
    values: hours.map((n, hour) => [hour, n, n === 0 ? 0 : (n * 5) / most]),
    max: Math.max(...hours) || null,
  })
  return [
    { ...series('Anon + Auth', all), disabled: 'True' },
    series('Anonymous', perHour(answers.filter((count) => count.anonymous))),
    series('Authenticated', perHour(answers.filter((count) => !count.anonymous))),
  ]
}

export interface ContributorCounts {
  anonymous: number
  authenticated: number
  /** The busiest: the pseudonym of the address, or the name in an outside application. */
  topAnonymous: Array<{ label: string; answers: number }>
  topAuthenticated: Array<{
    userId: number
    name: string
    fullname: string
    restrict: boolean
    answers: number
  }>
}

/** `info.users_stats`: who has answered in the window. */
export function usersStats(counts: ContributorCounts) {
  const { anonymous, authenticated, topAnonymous, topAuthenticated } = counts
  return {
    users: {
      label: 'User Statistics',
      values: [
        { label: 'Anonymous', value: [0, anonymous] },
        { label: 'Authenticated', value: [0, authenticated] },
      ],
    },
    anon: {
      label: 'Anonymous Users',
      values: topAnonymous.map(({ label, answers }) => ({ label, value: [answers] })),
      top5: topAnonymous.slice(0, 5).map(({ label, answers }) => ({ ip: label, tasks: answers })),
      locs: [],
    },
    auth: {
      label: 'Authenticated Users',
      values: topAuthenticated.map(({ userId, answers }) => ({ label: userId, value: [answers] })),
      top5: topAuthenticated.map(({ name, fullname, answers, restrict }) => ({
        name,
        fullname,
        tasks: answers,
        restrict,
      })),
    },
    n_anon: anonymous,
    n_auth: authenticated,
  }
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
