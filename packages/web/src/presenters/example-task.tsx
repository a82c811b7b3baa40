import type { Presenter } from '@manyhands/shared/presenters/contract'
import { useQuery } from '@tanstack/react-query'
import { taskQueries } from '../tasks/queries.ts'
import styles from './example-task.module.css'
import { PresenterPreview } from './presenter-preview.tsx'

interface ExampleTaskProps {
  projectId: number
  presenter: Presenter
}

/** "What you will do": the real presenter on a real task, to look at. */
export function ExampleTask({ projectId, presenter }: ExampleTaskProps) {
  const { data: task } = useQuery(taskQueries.example(projectId))
  if (!task) return null
  return (
    <section>
      <h2 className={styles.title}>What you will do</h2>
      <PresenterPreview presenter={presenter} task={task} />
      <p className={styles.note}>A real task of this project.</p>
    </section>
  )
}
