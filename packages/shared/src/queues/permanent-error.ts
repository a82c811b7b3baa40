/** Thrown by a job that would fail the same way every time: it is not tried again. The message is for
 *  people: whoever waits for the job may be shown it. */
export class PermanentError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'PermanentError'
  }
}
