import type { Presenter } from '@manyhands/shared/presenters/contract'
import type { ProjectPage } from '@manyhands/shared/projects/contract'
import { lazy, Suspense, useEffect, useRef } from 'react'
import { AnswerPanel } from '../presenters/answer-panel.tsx'
import { Caption } from '../presenters/stimulus.tsx'
import { Button } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { isKeyTaken } from '../ui/is-key-taken.ts'
import { ContributeFrame } from './contribute-frame.tsx'
import styles from './contribute-screen.module.css'
import { ContributeTools } from './contribute-tools.tsx'
import { Encouragement } from './encouragement.tsx'
import { RefusedAnswers } from './refused-answers.tsx'
import { TaskStage } from './task-stage.tsx'
import { useAnswering } from './use-answering.ts'

/** Needed at the end only: it is fetched while the volunteer looks at the first task. */
const loadFinish = () => import('./finish-screen.tsx')
const FinishScreen = lazy(async () => ({ default: (await loadFinish()).FinishScreen }))

interface ContributeScreenProps {
  project: ProjectPage
  presenter: Presenter
  firstTaskId: number | undefined
}

export function ContributeScreen({ project, presenter, firstTaskId }: ContributeScreenProps) {
  const answering = useAnswering(project, presenter, firstTaskId)
  const { state, answered, queue } = answering
  const startedAt = useRef(Date.now())
  useSkipKey(answering.skip)
  useEffect(() => {
    if (state.phase === 'ready') void loadFinish()
  }, [state.phase])
  const tools = (
    <ContributeTools project={project} presenter={presenter} answered={answered.length} />
  )
  if (state.phase === 'empty') {
    return (
      <ContributeFrame shortName={project.short_name} name={project.name} tools={tools}>
        <Suspense>
          <FinishScreen
            project={project}
            presenter={presenter}
            answering={answering}
            startedAt={startedAt.current}
          />
        </Suspense>
      </ContributeFrame>
    )
  }
  return (
    <ContributeFrame shortName={project.short_name} name={project.name} tools={tools}>
      <div className={styles.screen}>
        <section className={styles.stage} aria-label="Task">
          {state.phase === 'failed' ? (
            <div className={styles.failure}>
              <Failure
                error={state.error}
                onRetry={() => queue.retry()}
                {...(firstTaskId && answered.length === 0
                  ? { retryLabel: 'Take another task' }
                  : {})}
              />
            </div>
          ) : (
            <TaskStage presenter={presenter} answering={answering} zoomable />
          )}
          {state.current && (
            <div className={styles.caption}>
              <Caption presenter={presenter} task={state.current} />
            </div>
          )}
          <Encouragement shortName={project.short_name} answered={answered.length} />
        </section>
        <section className={styles.panel} aria-label="Your answer">
          <RefusedAnswers />
          <h2 className={styles.question}>{presenter.question}</h2>
          <div className={styles.answers} inert={!state.current}>
            <AnswerPanel
              presenter={presenter}
              onAnswer={answering.answer}
              // Not before there is a task: what is inert takes no focus.
              focus={state.current !== null}
            />
          </div>
          <div className={styles.quiet}>
            <Button kind="quiet" disabled={!state.current} onClick={answering.skip}>
              Skip this one
            </Button>
          </div>
        </section>
      </div>
    </ContributeFrame>
  )
}

function useSkipKey(skip: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === 's' && !event.repeat && !isKeyTaken(event)) skip()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [skip])
}
