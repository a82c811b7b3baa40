import type { Config } from '@manyhands/shared/config/config'
import { UnavailableError } from '@manyhands/shared/errors/errors'
import {
  BusyError,
  Client,
  ConfidentialityRequiredError,
  type Entry,
  Filter,
  UnavailableError as NotServingError,
  ResultCodeError,
  SizeLimitExceededError,
  StrongAuthRequiredError,
  TimeLimitExceededError,
} from 'ldapts'

const TIMEOUT_MS = 5_000

/** Somebody whose name and password the directory has accepted. */
export interface DirectoryPerson {
  /** Their name in the directory: the value of the attribute that the filter looks for. */
  key: string
  email: string | undefined
  fullname: string | undefined
}

/** Asks the directory (LDAP, RFC 4511) for the one entry with this name and whether the password opens it.
 *  Undefined for a wrong password, an unknown name and one that fits several entries: all take two
 *  binds, so that the time tells them no more apart than the answer. Throws UnavailableError when the
 *  directory is away or does not let us search. */
export async function askDirectory(
  config: Config,
  login: string,
  password: string,
): Promise<DirectoryPerson | undefined> {
  // A bind with a name and no password succeeds without proving anything (RFC 4513 section 5.1.2);
  // a directory written in C may take a null byte for the end of one.
  if (password === '' || password.includes('\0')) return undefined
  const attribute = keyAttribute(config.LDAP_USER_FILTER)
  const entry = await connected(config, async (client) => {
    const { LDAP_BIND_DN, LDAP_BIND_PASSWORD = '' } = config
    if (LDAP_BIND_DN) await client.bind(LDAP_BIND_DN, LDAP_BIND_PASSWORD)
    return findOne(client, config, login, attribute)
  })
  const isOpened = await connected(config, (client) =>
    opens(client, entry?.dn ?? `cn=nobody,${config.LDAP_BASE_DN}`, password),
  )
  const key = entry && text(entry, attribute)
  if (!isOpened || !entry || !key) return undefined
  return {
    key,
    email: text(entry, 'mail'),
    fullname: text(entry, 'displayName') ?? text(entry, 'cn'),
  }
}

/** What somebody types stays a value, whatever is in it (RFC 4515 section 3). */
export function userFilter(template: string, login: string): string {
  return template.split('{login}').join(Filter.escape(login))
}

/** The first attribute that the filter compares with the name. */
export function keyAttribute(template: string): string {
  const [, attribute = 'uid'] = /\(\s*([a-z][\w-]*)[^()=]*=[^()]*\{login\}/i.exec(template) ?? []
  return attribute
}

async function findOne(
  client: Client,
  config: Config,
  login: string,
  attribute: string,
): Promise<Entry | undefined> {
  try {
    const { searchEntries } = await client.search(config.LDAP_BASE_DN ?? '', {
      scope: 'sub',
      filter: userFilter(config.LDAP_USER_FILTER, login),
      sizeLimit: 2,
      timeLimit: Math.ceil(TIMEOUT_MS / 1_000),
      attributes: [attribute, 'mail', 'cn', 'displayName'],
    })
    return searchEntries.length === 1 ? searchEntries[0] : undefined
  } catch (error) {
    if (error instanceof SizeLimitExceededError) return undefined
    throw error
  }
}

async function opens(client: Client, dn: string, password: string): Promise<boolean> {
  try {
    await client.bind(dn, password)
    return true
  } catch (error) {
    if (!(error instanceof ResultCodeError) || isOutage(error)) throw error
    return false
  }
}

async function connected<T>(config: Config, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({
    url: config.LDAP_URL ?? '',
    timeout: TIMEOUT_MS,
    connectTimeout: TIMEOUT_MS,
  })
  try {
    return await work(client)
  } catch (error) {
    throw new UnavailableError('The directory with the accounts', { cause: error })
  } finally {
    // It may be gone already: then there is nothing to close.
    await client.unbind().catch(() => {})
  }
}

function isOutage(error: ResultCodeError): boolean {
  return (
    error instanceof BusyError ||
    error instanceof NotServingError ||
    error instanceof TimeLimitExceededError ||
    // It wants TLS: the operator's to mend, and no word about the password.
    error instanceof StrongAuthRequiredError ||
    error instanceof ConfidentialityRequiredError
  )
}

/** Servers may write an attribute's name in another case than we asked for it. */
function text(entry: Entry, attribute: string): string | undefined {
  const name = Object.keys(entry).find((key) => key.toLowerCase() === attribute.toLowerCase())
  const value = name === undefined ? undefined : entry[name]
  const first = Array.isArray(value) ? value[0] : value
  return first === undefined || first.length === 0 ? undefined : String(first)
}
