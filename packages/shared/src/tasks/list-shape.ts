import type { ListShape } from '../db/list.ts'
import { tasks } from './table.ts'

export const taskList: ListShape = {
  name: 'Task',
  fields: {
    id: { column: tasks.id, kind: 'int', pinpoint: true },
    created: { column: tasks.created, kind: 'moment', ordersAll: true },
    project_id: { column: tasks.projectId, kind: 'parent-ids' },
    state: { column: tasks.state, kind: 'text', fewValues: true },
    quorum: { column: tasks.quorum, kind: 'int', fewValues: true, usual: 0 },
    calibration: { column: tasks.calibration, kind: 'int', fewValues: true, usual: 0 },
    priority_0: { column: tasks.priority0, kind: 'number', fewValues: true, negated: true },
    info: { column: tasks.info, kind: 'json', unordered: true, searchable: true },
    n_answers: { column: tasks.nAnswers, kind: 'int', fewValues: true },
    fav_user_ids: { column: tasks.favUserIds, kind: 'favourites', fewValues: true, usual: 0 },
  },
}
