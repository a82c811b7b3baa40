import { addressProject } from './addresses/address-project.ts'
import type { DemoProject } from './demo-project.ts'
import { digitProject } from './digits/digit-project.ts'
import { photographProject } from './photographs/photograph-project.ts'

export const DEMO_PROJECTS: readonly DemoProject[] = [
  photographProject,
  digitProject,
  addressProject,
]
