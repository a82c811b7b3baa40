import {
  isOwner,
  mayReadContents,
  mayUpdateProject,
  type OwnedProject,
} from '../projects/policy.ts'
import { type Caller, mayModerate } from '../users/policy.ts'

interface Post {
  userId: number | null
  published: boolean
}

/** An unpublished post is its writer's, the owners' and the moderators' (rest-api.md 10.2, 7). */
export function mayReadBlogpost(caller: Caller, post: Post, project: OwnedProject): boolean {
  if (!mayReadContents(caller, project)) return false
  return post.published || mayModerate(caller) || isOwner(caller, project) || wrote(caller, post)
}

export function mayCreateBlogpost(caller: Caller, project: OwnedProject): boolean {
  return mayUpdateProject(caller, project)
}

/** Changing and deleting: who wrote it keeps it, whoever owns the project has it (rest-api.md 10.2, 18). */
export function mayChangeBlogpost(caller: Caller, post: Post, project: OwnedProject): boolean {
  return wrote(caller, post) || mayUpdateProject(caller, project)
}

function wrote(caller: Caller, post: Post): boolean {
  return caller.userId !== null && post.userId === caller.userId
}
