import { pathToFileURL } from 'node:url'
import { z } from 'zod'

const url = (...protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    message: `must be an address that starts with ${protocols.map((p) => `${p}//`).join(' or ')}`,
  })
const postgresUrl = url('postgres:', 'postgresql:')
const list = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    (text) =>
      typeof text === 'string'
        ? text
            .split(',')
            .map((part) => part.trim())
            .filter(Boolean)
        : text,
    z.array(item),
  )
const whole = (fallback: number, min: number, max: number) =>
  z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(min)
    .max(max)
    .default(fallback)
const flag = (fallback: boolean) => z.stringbool('must be true or false').default(fallback)

/** Everything that the processes read from their environment. Units stand in the names. */
export const Environment = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: whole(3000, 0, 65_535),
  PUBLIC_URL: url('http:', 'https:').optional(),
  DATABASE_URL: postgresUrl,
  DATABASE_REPLICA_URLS: list(postgresUrl).default([]),
  DATABASE_POOL_SIZE: whole(10, 1, 200),
  DATABASE_POOLING: z.enum(['session', 'transaction']).default('session'),
  DATABASE_STATEMENT_TIMEOUT_MS: whole(15_000, 100, 3_600_000),
  REPLICA_MAX_LAG_MS: whole(5_000, 100, 600_000),
  REDIS_URL: url('redis:', 'rediss:').optional(),
  REDIS_SENTINELS: list(z.string().regex(/^.+:\d+$/, 'must be host:port,host:port')).default([]),
  REDIS_SENTINEL_NAME: z.string().default('manyhands'),
  REDIS_PASSWORD: z.string().optional(),
  REDIS_PREFIX: z.string().default('mh'),
  STORAGE_URL: url('file:', 's3:').default(() => pathToFileURL('.data/files').href),
  S3_ENDPOINT: url('http:', 'https:').optional(),
  S3_REGION: z.string().default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  UPLOADS_URL: url('http:', 'https:').optional(),
  SECRET: z.string().min(16, 'must have 16 characters or more'),
  WEB_ROOT: z.string().optional(),
  TRUSTED_PROXIES: whole(0, 0, 10),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  BRAND: z.string().default('Manyhands'),
  RATE_LIMIT: whole(3_000, 2, 10_000_000),
  RATE_LIMIT_WINDOW_SECONDS: whole(900, 1, 86_400),
  SIGN_IN_LIMIT: whole(20, 2, 10_000_000),
  COMPRESSION: flag(true),
  LEASE_TTL_SECONDS: whole(900, 1, 86_400),
  REQUEST_TTL_SECONDS: whole(86_400, 1, 30 * 86_400),
  SESSION_TTL_SECONDS: whole(30 * 86_400, 60, 366 * 86_400),
  MAX_BODY_BYTES: whole(2_000_000, 1_000, 1_000_000_000),
  MAX_IMPORT_BYTES: whole(50_000_000, 1_000, 10_000_000_000),
  MAX_UPLOAD_BYTES: whole(10_000_000, 1_000, 10_000_000_000),
  TRASH_DAYS: whole(30, 1, 3_650),
  PROJECT_PASS_TTL_SECONDS: whole(1_800, 60, 30 * 86_400),
  PRIVATE_ADDRESSES: flag(false),
  PRO_FEATURES: list(z.enum(['audit-log', 'webhooks'])).default([]),
  CONFIRM_EMAIL: flag(false),
  MAILED_LINK_TTL_SECONDS: whole(18_000, 60, 7 * 86_400),
  SMTP_URL: url('smtp:', 'smtps:').optional(),
  MAIL_FROM: z.string().default('Manyhands <noreply@localhost>'),
  OIDC_ISSUER_URL: url('http:', 'https:').optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().default('Single sign-on'),
  LDAP_URL: url('ldap:', 'ldaps:').optional(),
  LDAP_BASE_DN: z.string().optional(),
  LDAP_BIND_DN: z.string().optional(),
  LDAP_BIND_PASSWORD: z.string().optional(),
  LDAP_USER_FILTER: z
    .string()
    .regex(/^\(.*\{login\}.*\)$/, 'must be a filter in brackets with {login} in it')
    .default('(uid={login})'),
  DISQUS_PUBLIC_KEY: z.string().optional(),
  DISQUS_SECRET_KEY: z.string().optional(),
  PROJECT_INFO_PUBLIC_FIELDS: list(z.string()).default([]),
  METRICS_PUBLIC: flag(false),
  WORKER_HEALTH_PORT: whole(0, 0, 65_535),
  WORKER_CONCURRENCY: whole(4, 1, 100),
})

export type Config = z.infer<typeof Environment> & { PUBLIC_URL: string }

/** A process that cannot start as it was told. `problems` has one line per variable. */
export class ConfigError extends Error {
  readonly problems: string[]
  constructor(problems: string[]) {
    super(problems.join('\n'))
    this.name = 'ConfigError'
    this.problems = problems
  }
}

/** Parses the environment once, at the start. Reports every bad variable together.
 *  Throws ConfigError. */
export function readConfig(env: Record<string, string | undefined>): Config {
  // An empty value means "not set": that is how shells and compose files leave a variable out.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(given)
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => {
        const name = String(issue.path[0])
        const what = given[name] === undefined ? 'is missing' : issue.message
        return `${name}: ${what}`
      })
  if (!given.REDIS_URL && !given.REDIS_SENTINELS) {
    problems.push('REDIS_URL: is missing (or give REDIS_SENTINELS)')
  }
  problems.push(...incomplete(given))
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems)
  return {
    ...parsed.data,
    PUBLIC_URL: parsed.data.PUBLIC_URL ?? `http://localhost:${parsed.data.PORT}`,
  }
}

/** Variables that are of use together only. */
const TOGETHER = [
  ['OIDC_ISSUER_URL', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'],
  ['LDAP_URL', 'LDAP_BASE_DN'],
  ['LDAP_BIND_DN', 'LDAP_BIND_PASSWORD'],
  ['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'],
  ['DISQUS_PUBLIC_KEY', 'DISQUS_SECRET_KEY'],
]

function incomplete(given: Record<string, string | undefined>): string[] {
  return TOGETHER.flatMap((names) => {
    const missing = names.filter((name) => given[name] === undefined)
    if (missing.length === 0 || missing.length === names.length) return []
    const present = names.filter((name) => given[name] !== undefined)
    return missing.map((name) => `${name}: is missing (${present.join(', ')} needs it)`)
  })
}

/** Reads the configuration or ends the process with one line per bad variable on standard error and
 *  the exit code 78 (`EX_CONFIG` of sysexits.h), which the launcher passes on. */
export function readConfigOrExit(env = process.env): Config {
  try {
    return readConfig(env)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(78)
  }
}
