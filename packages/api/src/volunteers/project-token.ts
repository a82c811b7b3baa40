import { ForbiddenError } from '@manyhands/shared/errors/errors'
import type { ProjectRow } from '@manyhands/shared/projects/table'
import { sign, verify } from 'hono/jwt'

type Project = Pick<ProjectRow, 'id' | 'shortName' | 'secretKey'>

/** A project token that does not hold. `tokenCode` and the message are the contract's
 *  (rest-api.md section 1.3). */
export class ProjectTokenError extends ForbiddenError {
  readonly tokenCode: string
  constructor(tokenCode: string, description: string) {
    super(description, 'project_token')
    this.tokenCode = tokenCode
  }
}

/** A token with which an outside application speaks for its own users in one project: a JWT signed with
 *  HS256 and the project's secret key. It has no expiry: a new secret key voids it. */
export function createProjectToken(project: Project): Promise<string> {
  return sign({ short_name: project.shortName, project_id: project.id }, project.secretKey, 'HS256')
}

/** Checks the `Authorization` header of a request that names an outside user. Throws ProjectTokenError. */
export async function verifyProjectToken(
  header: string | undefined,
  project: Project,
): Promise<void> {
  const claims = await decode(bearerToken(header), project.secretKey)
  if (claims.short_name !== project.shortName || claims.project_id !== project.id) {
    throw new ProjectTokenError('Wrong project', 'Signature verification failed')
  }
}

function bearerToken(header: string | undefined): string {
  if (!header) throw new ProjectTokenError('invalid_header', 'Missing Authorization header')
  const [scheme, token, ...rest] = header.trim().split(/\s+/)
  if (scheme?.toLowerCase() !== 'bearer') {
    throw new ProjectTokenError('invalid_header', 'Authorization header must start with Bearer')
  }
  if (!token) throw new ProjectTokenError('invalid_header', 'Token not found')
  if (rest.length > 0) {
    throw new ProjectTokenError('invalid_header', 'Authorization header must be Bearer + token')
  }
  return token
}

async function decode(token: string, key: string): Promise<Record<string, unknown>> {
  try {
    return await verify(token, key, 'HS256')
  } catch {
    throw new ProjectTokenError('Decode error', 'Signature verification failed')
  }
}
