import type { Task } from '@manyhands/shared/tasks/contract'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useManagedProject } from '../projects/managed-project.tsx'
import { Button, buttonClass } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { Icon } from '../ui/icon.tsx'
import { formatCount } from '../ui/numbers.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { StateMessage } from '../ui/state-message.tsx'
import { taskQueries } from './queries.ts'
import { listInfoFields, readInfo } from './task-info.ts'
import styles from './task-list-page.module.css'

/** Settings, Tasks: every task with its state. */
export function TaskListPage() {
  const project = useManagedProject()
  const params = { shortName: project.short_name }
  const tasks = useInfiniteQuery(taskQueries.pages(project.id))
  const items = tasks.data?.pages.flat()
  const { n_tasks, n_completed_tasks } = project.progress
  return (
    <section aria-label="Tasks">
      <div className={styles.head}>
        <p className={styles.muted}>
          {formatCount(n_tasks)} in all, {formatCount(n_completed_tasks)} complete
        </p>
        <Link
          to="/project/$shortName/settings/import"
          params={params}
          className={buttonClass({ kind: 'main' })}
        >
          <Icon name="upload" /> Import tasks
        </Link>
      </div>
      {tasks.isPending && <Skeleton width="100%" height={320} borderRadius={16} />}
      {tasks.isError && <Failure error={tasks.error} onRetry={tasks.refetch} />}
      {items?.length === 0 && (
        <StateMessage
          title="No tasks yet"
          lit={0}
          action={
            <Link
              to="/project/$shortName/settings/import"
              params={params}
              className={buttonClass({ kind: 'main' })}
            >
              Upload a CSV file
            </Link>
          }
        >
          <p>One row becomes one task.</p>
        </StateMessage>
      )}
      {items && items.length > 0 && (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Task</th>
                <th scope="col">Shows</th>
                <th scope="col">State</th>
                <th scope="col">Answers wanted</th>
              </tr>
            </thead>
            <tbody>
              {items.map((task) => (
                <tr key={task.id}>
                  <td className="tabular">
                    <Link
                      to="/project/$shortName/task/$taskId"
                      params={{ ...params, taskId: String(task.id) }}
                    >
                      {task.id}
                    </Link>
                  </td>
                  <td className={styles.shows}>
                    <Shown
                      task={task}
                      field={project.presenter?.stimulus.field}
                      isImage={project.presenter?.stimulus.kind === 'image'}
                    />
                  </td>
                  <td>
                    <TaskState state={task.state} />
                  </td>
                  <td className="tabular">{task.n_answers}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {tasks.hasNextPage && (
        <div className={styles.more}>
          <Button busy={tasks.isFetchingNextPage} onClick={() => void tasks.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </section>
  )
}

interface ShownProps {
  task: Task
  field: string | undefined
  isImage: boolean
}

function Shown({ task, field, isImage }: ShownProps) {
  const text = readInfo(task, field) || readInfo(task, listInfoFields(task)[0])
  return (
    <span className={styles.shown}>
      {isImage && text && <img src={text} alt="" loading="lazy" className={styles.thumbnail} />}
      <span>{text || 'Nothing that can be shown here'}</span>
    </span>
  )
}

function TaskState({ state }: { state: Task['state'] }) {
  return state === 'completed' ? (
    <span className={styles.completed}>
      <Icon name="check" size={18} /> Complete
    </span>
  ) : (
    <span className={styles.ongoing}>
      <Icon name="clock" size={18} /> Ongoing
    </span>
  )
}
