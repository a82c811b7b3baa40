import type { ListShape } from '../db/list.ts'
import { tasks } from './table.ts'

export const taskList: ListShape = {
  name: 'Task',
  fields: {
    id: { column: tasks.id, kind: 'int' },
    created: { column: tasks.created, kind: 'moment' },
    project_id: { column: tasks.projectId, kind: 'parent-ids' },
    state: { column: tasks.state, kind: 'text' },
    quorum: { column: tasks.quorum, kind: 'int' },
    calibration: { column: tasks.calibration, kind: 'int' },
    priority_0: { column: tasks.priority0, kind: 'number' },
    info: { column: tasks.info, kind: 'json' },
    n_answers: { column: tasks.nAnswers, kind: 'int' },
    fav_user_ids: { column: tasks.favUserIds, kind: 'ints' },
  },
}
