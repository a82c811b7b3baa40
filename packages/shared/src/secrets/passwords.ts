import { hash, verify } from '@node-rs/argon2'

/** Argon2id with the parameters of the OWASP password storage cheat sheet (19 MiB, 2 passes). */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export function hashPassword(password: string): Promise<string> {
  return hash(password, COST)
}

/** Takes as long for an unknown account (`stored` null) as for a known one, so that the answer's time
 *  tells nobody which accounts exist. */
export async function isPassword(stored: string | null, given: string): Promise<boolean> {
  const matches = await verify(stored ?? (await decoy), given)
  return stored !== null && matches
}

const decoy = hash('no account has this password', COST)
