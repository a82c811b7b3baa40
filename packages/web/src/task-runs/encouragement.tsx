import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { projectQueries } from '../projects/queries.ts'
import { IconButton } from '../ui/button.tsx'
import { Mark } from '../ui/mark.tsx'
import { formatCount } from '../ui/numbers.ts'
import styles from './encouragement.module.css'

const EVERY = 10
/** It leaves by itself after this many more answers. */
const STAYS = 3

interface EncouragementProps {
  shortName: string
  answered: number
}

/** A slim line after every ten answers, with the project's true numbers of that moment. */
export function Encouragement({ shortName, answered }: EncouragementProps) {
  const set = Math.floor(answered / EVERY)
  const [dismissed, setDismissed] = useState(0)
  const project = useQuery(projectQueries.page(shortName))
  const { refetch } = project
  useEffect(() => {
    if (set > 0) void refetch()
  }, [set, refetch])
  const due = set > dismissed && answered % EVERY < STAYS
  const progress = project.data?.progress
  return (
    <div role="status" className={styles.place}>
      {due && progress && (
        <div className={styles.line}>
          <Mark size={26} lit={5} drawn />
          <p>
            <b>{formatCount(set * EVERY)} answers. Thank you.</b> {tell(progress)}
          </p>
          <IconButton icon="close" label="Close" onClick={() => setDismissed(set)} />
        </div>
      )}
    </div>
  )
}

function tell(progress: {
  n_completed_tasks: number
  n_tasks: number
  n_volunteers: number
}): string {
  const { n_completed_tasks: done, n_tasks: total, n_volunteers: people } = progress
  if (people > 1 && done === 0) return `${formatCount(people)} people are at it. One more?`
  return `Together: ${formatCount(done)} of ${formatCount(total)} tasks complete. One more?`
}
