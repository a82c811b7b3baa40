import type { ProjectPage } from '@manyhands/shared/projects/contract'
import { createContext, useContext } from 'react'

const ManagedProject = createContext<ProjectPage | null>(null)
export const ManagedProjectProvider = ManagedProject.Provider

/** The project whose settings are open: loaded, and the caller may change it. */
export function useManagedProject(): ProjectPage {
  const project = useContext(ManagedProject)
  if (!project) throw new Error('useManagedProject is used outside the settings')
  return project
}
