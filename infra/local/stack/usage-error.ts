/** What a person typed cannot be done. The message names the flag or variable; nothing was started. */
export class UsageError extends Error {}
