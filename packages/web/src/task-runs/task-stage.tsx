import type { Presenter } from '@manyhands/shared/presenters/contract'
import type { Task } from '@manyhands/shared/tasks/contract'
import { useEffect, useState } from 'react'
import { Stimulus } from '../presenters/stimulus.tsx'
import { classNames } from '../ui/class-names.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import styles from './task-stage.module.css'
import type { Answering } from './use-answering.ts'

/** A little longer than the animation. */
const LEAVING_MS = 220

interface TaskStageProps {
  presenter: Presenter
  answering: Answering
  zoomable?: boolean
}

/** The shown task, with the answered one leaving above it. */
export function TaskStage({ presenter, answering, zoomable = false }: TaskStageProps) {
  const { state, answered, direction } = answering
  const leaving = useLeaving(answered.at(-1))
  return (
    <div className={styles.stage}>
      {state.current && (
        <div key={state.current.id} className={styles.layer}>
          <Stimulus presenter={presenter} task={state.current} zoomable={zoomable} />
        </div>
      )}
      {!state.current && state.phase === 'loading' && (
        <div className={styles.waiting} aria-busy="true">
          <Skeleton width="100%" height="100%" />
        </div>
      )}
      {leaving && (
        <div
          key={leaving.id}
          className={classNames(styles.layer, styles.leaving, styles[direction])}
          aria-hidden="true"
          inert
        >
          <Stimulus presenter={presenter} task={leaving} />
        </div>
      )}
    </div>
  )
}

function useLeaving(last: Task | undefined): Task | undefined {
  const [gone, setGone] = useState<Task | undefined>(last)
  useEffect(() => {
    if (!last) return
    const timer = setTimeout(() => setGone(last), LEAVING_MS)
    return () => clearTimeout(timer)
  }, [last])
  return last && last !== gone ? last : undefined
}
