import { ForbiddenError } from '@manyhands/shared/errors/errors'

/** A link that was used, replaced by a newer one, changed, or is too old: which of them says nothing. */
export class LinkExpiredError extends ForbiddenError {
  constructor() {
    super('This link has been used or has expired: ask for a new one', 'link_expired')
  }
}
