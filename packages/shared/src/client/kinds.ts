import { Announcement, AnnouncementChange, AnnouncementInput } from '../announcements/contract.ts'
import { Blogpost, BlogpostChange, BlogpostInput } from '../blogposts/contract.ts'
import { Category, CategoryInput } from '../categories/contract.ts'
import {
  HelpingMaterial,
  HelpingMaterialChange,
  HelpingMaterialInput,
} from '../helping-materials/contract.ts'
import { Page, PageChange, PageInput } from '../pages/contract.ts'
import { Project, ProjectChange, ProjectInput } from '../projects/contract.ts'
import { Result, ResultChange } from '../results/contract.ts'
import { TaskRun, TaskRunChange } from '../task-runs/contract.ts'
import { Task, TaskChange, TaskInput } from '../tasks/contract.ts'
import { User, UserChange } from '../users/contract.ts'
import type { Kind } from './objects.ts'

/** The objects that scripts work with. A test compares each with the API's description. */
export const KINDS = {
  projects: {
    name: 'project',
    item: Project,
    input: ProjectInput,
    change: ProjectChange,
    isRemovable: true,
  },
  tasks: { name: 'task', item: Task, input: TaskInput, change: TaskChange, isRemovable: true },
  taskRuns: { name: 'taskrun', item: TaskRun, change: TaskRunChange, isRemovable: true },
  results: { name: 'result', item: Result, change: ResultChange },
  categories: {
    name: 'category',
    item: Category,
    input: CategoryInput,
    isRemovable: true,
  },
  users: { name: 'user', item: User, change: UserChange },
  blogposts: {
    name: 'blogpost',
    item: Blogpost,
    input: BlogpostInput,
    change: BlogpostChange,
    isRemovable: true,
    takesFiles: true,
  },
  announcements: {
    name: 'announcement',
    item: Announcement,
    input: AnnouncementInput,
    change: AnnouncementChange,
    isRemovable: true,
    takesFiles: true,
  },
  pages: {
    name: 'page',
    item: Page,
    input: PageInput,
    change: PageChange,
    isRemovable: true,
    takesFiles: true,
  },
  helpingMaterials: {
    name: 'helpingmaterial',
    item: HelpingMaterial,
    input: HelpingMaterialInput,
    change: HelpingMaterialChange,
    isRemovable: true,
    takesFiles: true,
  },
} satisfies Record<string, Kind>
