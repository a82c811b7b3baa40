import type { ProjectPage } from '@manyhands/shared/projects/contract'
import { Link, useLocation } from '@tanstack/react-router'
import { buttonClass } from '../ui/button.tsx'
import { StateMessage } from '../ui/state-message.tsx'
import { useAccount } from '../users/queries.ts'
import { ContributeFrame } from './contribute-frame.tsx'

/** Why there is nothing to answer here, and what to do instead. */
export function ContributeClosed({ project }: { project: ProjectPage }) {
  return (
    <ContributeFrame shortName={project.short_name} name={project.name}>
      <Reason project={project} />
    </ContributeFrame>
  )
}

function Reason({ project }: { project: ProjectPage }) {
  const account = useAccount()
  const { href } = useLocation()
  const explore = (
    <Link to="/project" className={buttonClass({ kind: 'main' })}>
      Explore other projects
    </Link>
  )
  if (!project.may.contribute && !account && project.published) {
    return (
      <StateMessage
        level="h2"
        title="This project asks you to sign in first"
        action={
          <Link
            to="/account/signin"
            search={{ next: href }}
            className={buttonClass({ kind: 'main' })}
          >
            Sign in
          </Link>
        }
      >
        <p>You come straight back here afterwards.</p>
      </StateMessage>
    )
  }
  if (!project.may.contribute) {
    return (
      <StateMessage level="h2" title="This project is not open yet" action={explore}>
        <p>Its owner is still preparing it.</p>
      </StateMessage>
    )
  }
  if (project.has_custom_presenter) {
    return (
      <StateMessage level="h2" title="This project brings its own task page" action={explore}>
        <p>
          Task pages written by owners open in a later version of Manyhands. Nothing of the project
          is lost until then.
        </p>
      </StateMessage>
    )
  }
  if (!project.may.update) {
    return (
      <StateMessage level="h2" title="There is no question here yet" action={explore}>
        <p>The owner has not said yet what to do with the tasks.</p>
      </StateMessage>
    )
  }
  return (
    <StateMessage
      level="h2"
      title="There is no question here yet"
      action={
        <Link
          to="/project/$shortName/settings/presenter"
          params={{ shortName: project.short_name }}
          className={buttonClass({ kind: 'main' })}
        >
          Write the question
        </Link>
      }
    >
      <p>Say what volunteers see and what they answer; then try it here.</p>
    </StateMessage>
  )
}
