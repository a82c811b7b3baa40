/** Who answers. One volunteer may answer a task once, whichever kind they are:
 *  an account, an outside application's user, a browser without account (signed cookie), or a
 *  script without cookies (keyed hash of its address). See architecture.md section 4. */
export interface Volunteer {
  /** One text for all kinds: what "the same volunteer" means to the database and the scheduler. */
  key: string
  userId: number | null
  /** Pseudonym of the address; null for accounts and outside users. */
  userIp: string | null
  externalUid: string | null
}

export function accountVolunteer(userId: number): Volunteer {
  return { key: `account:${userId}`, userId, userIp: null, externalUid: null }
}

export function externalVolunteer(externalUid: string): Volunteer {
  return { key: `external:${externalUid}`, userId: null, userIp: null, externalUid }
}

export function browserVolunteer(cookieId: string, addressPseudonym: string): Volunteer {
  return { key: `browser:${cookieId}`, userId: null, userIp: addressPseudonym, externalUid: null }
}

export function addressVolunteer(addressPseudonym: string): Volunteer {
  return {
    key: `address:${addressPseudonym}`,
    userId: null,
    userIp: addressPseudonym,
    externalUid: null,
  }
}
