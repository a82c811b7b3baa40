import { FIRST_SMALL_PROJECT, type Layout, SMALL_PROJECT_TASKS } from './layout.ts'

/** The rows beside tasks and answers: small enough to be stored with their indexes in place. */
export function smallRows(l: Layout): string[] {
  return [
    `insert into users (id, email_addr, name, fullname, admin, privacy_mode, created, info)
     select i, 'user' || i || '@example.org', 'user' || i, 'User Number ' || i, i = ${l.admin}, i % 3 > 0,
       timestamptz '2025-01-01Z' + i * interval '1 minute', jsonb_build_object('team', 'team' || i % 50)
     from generate_series(1, ${l.users}) i`,
    `insert into projects (id, name, short_name, description, owner_id, owners_ids, category_id, published,
       featured, created, updated, info, password_hash)
     select i, 'Project ' || i, 'project-' || i, 'Project number ' || i, owner, array[owner], 1 + i % 2,
       i <= 10 or i % 20 > 0, i % 50 = 0, timestamptz '2025-01-01Z' + i * interval '1 hour',
       timestamptz '2026-01-01Z' + i * interval '1 minute',
       jsonb_build_object('sched', case i when 2 then 'breadth_first' when 3 then 'depth_first_all' else 'default' end,
         'tutorial', 'How to look at picture ' || i),
       case when i > 10 and i % 50 = 7 then 'x' end
     from generate_series(1, ${l.projects}) i, lateral (select case when i <= 3 then ${l.largestOwner}
       when i % 5 = 0 then ${l.manyOwner} when i = ${FIRST_SMALL_PROJECT} then ${l.smallOwner}
       else 10 + i % ${l.users - 10} end as owner) o`,
    ...['blogposts', 'pages', 'helping_materials', 'announcements'].map((table) =>
      postRows(table, l),
    ),
  ]
}

function postRows(table: string, l: Layout): string {
  const ofProject = table === 'announcements' ? '' : ', project_id'
  const project = table === 'announcements' ? '' : `, 1 + i % ${l.projects}`
  const own = table === 'pages' ? 'slug' : table === 'helping_materials' ? 'media_url' : 'title'
  const body =
    table === 'blogposts' || table === 'announcements' ? ', body, published, user_id' : ''
  const text = body ? `, 'Words of post ' || i, i % 4 > 0, 1 + i % ${l.users}` : ''
  return `insert into ${table} (${own}${ofProject}, created, info${body})
    select 'piece-' || i${project}, timestamptz '2025-01-01Z' + i * interval '20 minutes',
      jsonb_build_object('topic', 'topic' || i % 40)${text}
    from generate_series(1, ${l.posts}) i`
}

/** Tasks of ids `from` to `to`. Three of ten still want answers; rare fields are set in one of a thousand. */
export function taskRows(l: Layout, from: number, to: number): string {
  const afterLargest = l.smallTasks + l.largestTasks
  const perMedium = l.mediumTasks / (FIRST_SMALL_PROJECT - 3)
  return `insert into tasks (id, created, project_id, state, quorum, calibration, priority_0, info, n_answers,
      n_task_runs, breadth_runs, fav_user_ids)
    select i, timestamptz '2025-06-01Z' + i * interval '10 seconds', project,
      case when i % 10 < 7 then 'completed' else 'ongoing' end,
      case when i % 1000 = 3 then 5 else 0 end, case when i % 2000 = 4 then 1 else 0 end, (i % 5) / 5.0,
      ('{"image": "https://images.example.org/' || i || '.jpg", "n": ' || i || ', "kind": "'
        || (array['owl', 'lynx', 'fox', 'deer'])[1 + i % 4] || '", "text": "' || case when i % 10007 = 0 then 'a rare sight' else 'plot ' || i % 997 end || '"}')::jsonb,
      case when i % 10 < 7 then 10 else 30 end, 10, case when project = 2 then 10 end,
      case when i % 1000 = 5 then array[(1 + i % 100)::int] end
    from (select i, (case when i <= ${l.smallTasks} then ${FIRST_SMALL_PROJECT} + (i - 1) / ${SMALL_PROJECT_TASKS}
        when i <= ${afterLargest} then 1
        when i <= ${afterLargest + l.secondTasks} then 2
        else 3 + (i - ${afterLargest + l.secondTasks} - 1) / ${perMedium} end)::int as project
      from generate_series(${from}::bigint, ${to}::bigint) i) t`
}

/** Answers of ids `from` to `to`, in the order of time: each pass over all tasks is by other volunteers.
 *  Half of them have accounts, the others an address, one of ten a name from outside. */
export function taskRunRows(l: Layout, from: number, to: number): string {
  const people = Math.min(50_000, l.users - 10)
  const lastBusy = l.largestFirstTask + l.busyAnswers
  return `insert into task_runs (id, created, project_id, task_id, user_id, user_ip, external_uid, finish_time,
      timeout, media_url, info, volunteer_key, answer_hash)
    select i, done - interval '40 seconds', t.project_id, t.id,
      case when kind < 5 then person end, case when kind between 5 and 8 then 'address' || person end,
      case when kind = 9 then 'phone' || person end, done,
      case when i % 5000 = 1 then 60 end, case when i % 5000 = 2 then '/uploads/' || i end,
      (case when i % 1000003 = 0 then '{"label": "unicorn"}' else '{"label": "' || (array['owl', 'lynx', 'fox', 'deer'])[1 + i % 4] || '", "x": ' || i % 500 || '}' end)::jsonb,
      case when kind < 5 then 'account:' when kind < 9 then 'browser:' else 'external:phone' end || person,
      'hash' || i % 1000
    from (select i, 1 + (i - 1) % ${l.tasks} as task, (i - 1) / ${l.tasks} as pass,
        timestamptz '2025-10-01Z' + i * interval '3 seconds' as done
      from generate_series(${from}::bigint, ${to}::bigint) i) r
    join tasks t on t.id = r.task,
    lateral (select pass = 0 and task >= ${l.largestFirstTask} and task < ${lastBusy} as busy) b,
    lateral (select case when busy then 0 else (task * 7919 + pass) % 10 end as kind,
      case when busy then ${l.busyVolunteer} else 10 + (task * 7919 + pass * 104729) % ${people} end as person) v`
}

/** A result of each completed task, and of one in a hundred an older version. */
export function resultRows(l: Layout): string[] {
  return ['true', 'false'].map(
    (last) => `insert into results (project_id, task_id, task_run_ids, last_version, created, info)
    select project_id, id, array(select id + pass * ${l.tasks} from generate_series(0, 9) pass), ${last},
      timestamptz '2026-01-01Z' + id * interval '20 seconds',
      case when id % 3 = 0 then jsonb_build_object('label', (array['owl', 'lynx', 'fox'])[1 + id % 3], 'n', id) end
    from tasks where state = 'completed' ${last === 'true' ? '' : 'and id % 100 = 0'} order by id`,
  )
}

export const COUNTERS = `insert into project_stats (project_id, n_tasks, n_task_runs, n_completed_tasks)
  select p.id, count(t.id), coalesce(sum(t.n_task_runs), 0), count(t.id) filter (where t.state = 'completed')
  from projects p left join tasks t on t.project_id = p.id group by p.id`
