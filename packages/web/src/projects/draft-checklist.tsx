import type { ProjectPage } from '@manyhands/shared/projects/contract'
import { Link, type LinkProps } from '@tanstack/react-router'
import { classNames } from '../ui/class-names.ts'
import { Icon } from '../ui/icon.tsx'
import { plural } from '../ui/numbers.ts'
import { ProgressRing } from '../ui/progress-ring.tsx'
import styles from './draft-checklist.module.css'
import { PublishAction } from './publish-action.tsx'

interface Step {
  title: string
  why: string
  done: boolean
  link: LinkProps
}

/** What still lies between a draft and volunteers, each line leading to its place. */
export function DraftChecklist({ project }: { project: ProjectPage }) {
  const steps = stepsOf(project)
  const done = steps.filter((step) => step.done).length
  const next = steps.find((step) => !step.done)
  return (
    <section className={styles.checklist} aria-labelledby="checklist-title">
      <div className={styles.head}>
        <ProgressRing
          size={56}
          thickness={6}
          share={done / (steps.length + 1)}
          label={`${done} of ${steps.length + 1} steps done`}
        >
          <b>
            {done}/{steps.length + 1}
          </b>
        </ProgressRing>
        <div>
          <h2 id="checklist-title" className={styles.title}>
            From draft to published
          </h2>
          <p className={styles.muted}>Only you see this project until you publish it.</p>
        </div>
      </div>
      <ol className={styles.steps}>
        {steps.map((step) => (
          <li key={step.title}>
            <Link {...step.link} className={classNames(styles.step, step === next && styles.next)}>
              <span className={classNames(styles.tick, step.done && styles.ticked)}>
                {step.done && <Icon name="check" size={18} />}
              </span>
              <span className={styles.words}>
                <b>{step.title}</b>
                <span className={styles.muted}>{step.why}</span>
              </span>
              <span className="visually-hidden">{step.done ? 'done' : 'to do'}</span>
              <Icon name="arrow-right" />
            </Link>
          </li>
        ))}
      </ol>
      <PublishAction project={project} />
    </section>
  )
}

function stepsOf({ short_name: shortName, missing, progress, done_by_me }: ProjectPage): Step[] {
  const params = { shortName }
  const hasTasks = !missing.includes('tasks')
  return [
    {
      title: 'Add tasks',
      why: hasTasks
        ? `${plural(progress.n_tasks, 'task')} ready`
        : 'Upload a CSV file, one row for each task.',
      done: hasTasks,
      link: hasTasks
        ? { to: '/project/$shortName/settings/tasks', params }
        : { to: '/project/$shortName/settings/import', params },
    },
    {
      title: 'Build the presenter',
      why: missing.includes('presenter')
        ? 'Say what volunteers see and what they answer.'
        : 'The question and the answers stand.',
      done: !missing.includes('presenter'),
      link: { to: '/project/$shortName/settings/presenter', params },
    },
    {
      title: 'Try it yourself',
      why:
        done_by_me > 0
          ? `You gave ${plural(done_by_me, 'answer')}.`
          : 'Answer a few tasks as a volunteer would.',
      done: done_by_me > 0,
      link: { to: '/project/$shortName/newtask', params },
    },
  ]
}
