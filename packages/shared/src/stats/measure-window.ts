import { sql } from 'drizzle-orm'
import { selectRows } from '../db/raw.ts'
import type { Reader } from '../db/types.ts'
import {
  type AnswerCount,
  type CompletedCount,
  type ContributorCounts,
  datesStats,
  hoursStats,
  usersStats,
  windowDays,
} from './series.ts'

/** Anonymous volunteers that are listed one by one; `n_anon` counts all of them. */
const LISTED_ANONYMOUS = 100
const LISTED_AUTHENTICATED = 5

const midnight = (moment: ReturnType<typeof sql>) =>
  sql`(extract(epoch from date_trunc('day', ${moment} at time zone 'utc')) * 1000)::float8`

/** The three series of `info` at `now` (epoch milliseconds), from the answers of the last two weeks. All
 *  days and hours are UTC. Who has no account is anonymous: outside users and browsers each by
 *  themselves, so everybody is counted once. */
export async function measureWindow(db: Reader, projectId: number, now: number) {
  const days = windowDays(now)
  const since = new Date(days[0] ?? now).toISOString()
  const answers = await countAnswers(db, projectId, since)
  const completed = await countCompleted(db, projectId, since)
  return {
    dates_stats: datesStats(days, answers, completed),
    hours_stats: hoursStats(answers),
    users_stats: usersStats(await countContributors(db, projectId, since)),
  }
}

function countAnswers(db: Reader, projectId: number, since: string): Promise<AnswerCount[]> {
  return selectRows<AnswerCount>(
    db,
    sql`
    select ${midnight(sql`finish_time`)} as day,
      extract(hour from finish_time at time zone 'utc')::int as hour,
      user_id is null as anonymous, count(*)::int as answers
    from task_runs
    where project_id = ${projectId} and finish_time >= ${since}::timestamptz
    group by 1, 2, 3`,
  )
}

/** A task is completed on the day of the last answer that it wanted. */
function countCompleted(db: Reader, projectId: number, since: string): Promise<CompletedCount[]> {
  return selectRows<CompletedCount>(
    db,
    sql`
    select ${midnight(sql`last.finish_time`)} as day, count(*)::int as tasks
    from (
      select max(r.finish_time) as finish_time
      from task_runs r join tasks t on t.id = r.task_id
      where r.project_id = ${projectId} and r.finish_time >= ${since}::timestamptz
        and not r.surplus and t.state = 'completed'
      group by r.task_id
    ) last
    group by 1`,
  )
}

async function countContributors(
  db: Reader,
  projectId: number,
  since: string,
): Promise<ContributorCounts> {
  const [row] = await selectRows<{ counts: string }>(
    db,
    sql`
    with volunteer as (
      select volunteer_key, max(user_id) as user_id, count(*)::int as answers,
        max(coalesce(user_ip, external_uid, volunteer_key)) as label
      from task_runs
      where project_id = ${projectId} and finish_time >= ${since}::timestamptz
      group by volunteer_key
    ), top_anonymous as (
      select label, answers from volunteer where user_id is null
      order by answers desc, volunteer_key limit ${LISTED_ANONYMOUS}
    ), top_authenticated as (
      -- privacy_mode keeps the full name to oneself.
      select v.user_id as "userId", u.name,
        case when u.privacy_mode then u.name else u.fullname end as fullname, u.restrict, v.answers
      from volunteer v join users u on u.id = v.user_id where not u.restrict
      order by v.answers desc, v.user_id limit ${LISTED_AUTHENTICATED}
    )
    select jsonb_build_object(
      'anonymous', (select count(*) from volunteer where user_id is null),
      'authenticated', (select count(*) from volunteer where user_id is not null),
      'topAnonymous', (select coalesce(jsonb_agg(to_jsonb(a)), '[]') from top_anonymous a),
      'topAuthenticated', (select coalesce(jsonb_agg(to_jsonb(a)), '[]') from top_authenticated a)
    )::text as counts`,
  )
  return JSON.parse(row?.counts ?? 'null') as ContributorCounts
}
