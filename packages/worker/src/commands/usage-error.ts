/** Something typed wrongly: the message names it, and the exit code is 2. */
export class UsageError extends Error {}
