import { type DestinationStream, type Logger, pino } from 'pino'

export type Log = Logger

/** Structured logs: one JSON object a line, no personal data. `destination` is for tests. */
export function createLog(name: string, level: string, destination?: DestinationStream): Log {
  const options = {
    name,
    level,
    base: { name },
    redact: ['req.headers.cookie', 'req.headers.authorization', '*.password', '*.api_key'],
  }
  return destination ? pino(options, destination) : pino(options)
}
