import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { projectQueries } from '../projects/queries.ts'
import { Failure } from '../ui/failure.tsx'
import { useTitle } from '../ui/page.tsx'
import { ContributeClosed } from './contribute-closed.tsx'
import { ContributeFrame } from './contribute-frame.tsx'
import { ContributeScreen } from './contribute-screen.tsx'

/** `/project/<short_name>/newtask`, and `…/task/<id>` for a given first task. */
export function ContributePage() {
  const { shortName, taskId } = useParams({ strict: false })
  const name = shortName ?? ''
  const project = useQuery(projectQueries.page(name))
  useTitle(project.data?.name)
  if (project.isPending) return <ContributeFrame shortName={name} busy />
  if (project.isError) {
    return (
      <ContributeFrame shortName={name}>
        <Failure error={project.error} onRetry={project.refetch} level="h1" />
      </ContributeFrame>
    )
  }
  const { presenter, may } = project.data
  if (!presenter || !may.contribute) return <ContributeClosed project={project.data} />
  return (
    <ContributeScreen
      // A new visit for each project and each asked-for task.
      key={`${project.data.id}-${taskId}`}
      project={project.data}
      presenter={presenter}
      firstTaskId={Number(taskId) || undefined}
    />
  )
}
