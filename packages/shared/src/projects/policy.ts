/** The caller, as far as permissions go. */
export interface Caller {
  userId: number | null
  isAdmin: boolean
}

export interface OwnedProject {
  ownersIds: number[]
  published: boolean
}

export function isOwner(caller: Caller, project: Pick<OwnedProject, 'ownersIds'>): boolean {
  return caller.userId !== null && project.ownersIds.includes(caller.userId)
}

export function mayReadProject(caller: Caller, project: OwnedProject): boolean {
  return project.published || caller.isAdmin || isOwner(caller, project)
}

export function mayCreateProject(caller: Caller): boolean {
  return caller.userId !== null
}

/** Changing, publishing, importing, and seeing what only owners see. */
export function mayUpdateProject(caller: Caller, project: OwnedProject): boolean {
  return caller.isAdmin || isOwner(caller, project)
}

/** Answers that somebody relies on are not deleted with a click: a project with results stays. */
export function mayDeleteProject(
  caller: Caller,
  project: OwnedProject,
  hasResults: boolean,
): boolean {
  return !hasResults && mayUpdateProject(caller, project)
}

/** Drafts are answered by their owners, to try them. */
export function mayContribute(
  caller: Caller,
  project: OwnedProject & { allowAnonymousContributors: boolean },
): boolean {
  if (!mayReadProject(caller, project)) return false
  return caller.userId !== null || project.allowAnonymousContributors
}

export function mayExport(
  caller: Caller,
  project: OwnedProject & { zipDownload: boolean },
): boolean {
  if (mayUpdateProject(caller, project)) return true
  return project.published && project.zipDownload
}
