import { type Caller, mayModerate } from '../users/policy.ts'

export interface OwnedProject {
  id: number
  ownersIds: number[]
  testersIds: number[]
  published: boolean
  /** Null: no password. Only whether there is one matters here. */
  passwordHash: string | null
}

export function isOwner(caller: Caller, project: Pick<OwnedProject, 'ownersIds'>): boolean {
  return caller.userId !== null && project.ownersIds.includes(caller.userId)
}

/** The project itself: what its page says. Its tasks and answers are `mayReadContents`. */
export function mayReadProject(caller: Caller, project: OwnedProject): boolean {
  return project.published || mayModerate(caller) || isInsider(caller, project)
}

/** Tasks, task runs, results and everything else that belongs to a project. */
export function mayReadContents(caller: Caller, project: OwnedProject): boolean {
  if (mayModerate(caller) || isInsider(caller, project)) return true
  return project.published && project.passwordHash === null
}

export function mayCreateProject(caller: Caller): boolean {
  return caller.userId !== null
}

/** Changing, publishing, importing, and seeing what only owners see. */
export function mayUpdateProject(
  caller: Caller,
  project: Pick<OwnedProject, 'ownersIds'>,
): boolean {
  return caller.isAdmin || isOwner(caller, project)
}

/** Giving a project away: not for co-owners, or each of them could take it. */
export function mayTransferProject(caller: Caller, project: { ownerId: number }): boolean {
  return caller.isAdmin || (caller.userId !== null && caller.userId === project.ownerId)
}

/** Taking a project that was offered, or not: for whom it was offered to, and nobody for them. */
export function mayAnswerOffer(
  caller: Caller,
  project: { pendingOwnerId: number | null },
): boolean {
  return caller.userId !== null && project.pendingOwnerId === caller.userId
}

/** What the home page puts first is the site's choice, not the owner's. */
export function mayFeatureProject(caller: Caller): boolean {
  return mayModerate(caller)
}

/** Answers that somebody relies on are not deleted with a click: a project with results stays. */
export function mayDeleteProject(
  caller: Caller,
  project: OwnedProject,
  hasResults: boolean,
): boolean {
  return !hasResults && mayUpdateProject(caller, project)
}

/** Drafts are answered by their owners and by whoever they have invited, to try them. */
export function mayContribute(
  caller: Caller,
  project: OwnedProject & { allowAnonymousContributors: boolean },
): boolean {
  if (!mayReadContents(caller, project)) return false
  return caller.userId !== null || project.allowAnonymousContributors
}

export function mayExport(
  caller: Caller,
  project: OwnedProject & { zipDownload: boolean },
): boolean {
  if (mayUpdateProject(caller, project)) return true
  return mayReadContents(caller, project) && project.published && project.zipDownload
}

/** Whoever ordered an export, and who may change the project. */
export function mayCancelExport(
  caller: Caller,
  project: Pick<OwnedProject, 'ownersIds'>,
  order: { requestedBy: number | null },
): boolean {
  const isOwn = caller.userId !== null && order.requestedBy === caller.userId
  return isOwn || mayUpdateProject(caller, project)
}

/** Owners, invited testers, and whoever gave the password: it opens drafts too (behaviour.md 1.0). */
function isInsider(caller: Caller, project: OwnedProject): boolean {
  const isTester = caller.userId !== null && project.testersIds.includes(caller.userId)
  const hasPass = project.passwordHash !== null && caller.passes.includes(project.id)
  return isOwner(caller, project) || isTester || hasPass
}
