import { eq, sql } from 'drizzle-orm'
import type { ListShape } from '../db/list.ts'
import { externalVolunteer } from '../volunteers/identity.ts'
import { taskRuns } from './table.ts'

export const taskRunList: ListShape = {
  name: 'TaskRun',
  fields: {
    id: { column: taskRuns.id, kind: 'int', pinpoint: true },
    created: { column: taskRuns.created, kind: 'moment' },
    project_id: { column: taskRuns.projectId, kind: 'parent-ids' },
    task_id: { column: taskRuns.taskId, kind: 'int', pinpoint: true, unordered: true },
    user_id: { column: taskRuns.userId, kind: 'int', pinpoint: true, unordered: true },
    user_ip: { column: taskRuns.userIp, kind: 'text', pinpoint: true, unordered: true },
    finish_time: { column: taskRuns.finishTime, kind: 'moment', ordersAll: true },
    timeout: { column: taskRuns.timeout, kind: 'int', fewValues: true, usual: null },
    calibration: { column: taskRuns.calibration, kind: 'int', fewValues: true, usual: null },
    external_uid: {
      column: taskRuns.externalUid,
      kind: 'text',
      pinpoint: true,
      unordered: true,
      implies: (uid) => eq(taskRuns.volunteerKey, externalVolunteer(uid).key),
    },
    media_url: {
      column: taskRuns.mediaUrl,
      kind: 'text',
      pinpoint: true,
      unordered: true,
      implies: (url) => sql`left(${taskRuns.mediaUrl}, 200) = left(${url}, 200)`,
    },
    // An index of every answer's contents would cost each answer more than all other work on it.
    info: { column: taskRuns.info, kind: 'json', unordered: true, walked: true },
  },
}
