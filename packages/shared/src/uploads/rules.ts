import type { Caller } from '../users/policy.ts'

/** The folder of an uploader's files (rest-api.md section 6). */
export function containerOf(userId: number | null): string {
  return userId === null ? 'anonymous' : `user_${userId}`
}

/** Whose container an owner's file goes to: what an admin uploads to somebody's project is the project
 *  owner's (rest-api.md section 6). */
export function uploaderFor(caller: Caller, project: { ownerId: number }): number | null {
  return caller.isAdmin ? project.ownerId : caller.userId
}

/** Parts of the storage that everybody may read: containers, and the demo's pictures. All else (exports,
 *  archives, …) is reached by other ways only. */
export function isPublicKey(key: string): boolean {
  const parts = key.split('/')
  const isPlain = parts.every((part) => part !== '' && part !== '.' && part !== '..')
  const isSafe = !key.includes('\0') && !key.includes('\\')
  return parts.length > 1 && isPlain && isSafe && PUBLIC.test(parts[0] ?? '')
}

const PUBLIC = /^(user_\d+|anonymous|demo)$/
