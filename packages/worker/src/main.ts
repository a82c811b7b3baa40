import { readConfigOrExit } from '@manyhands/shared/config/config'
import { closeContext, openContext } from '@manyhands/shared/context/context'
import { createLog } from '@manyhands/shared/log/log'
import { handlers, topics } from './registry.ts'
import { startWorker } from './runtime/start-worker.ts'
import { schedules } from './schedules.ts'

/** A stop takes at most twice the grace and a little more; what still hangs then is cut off. */
const GRACE_MS = 2_000
const LAST_MOMENT_MS = 4_800
/** `EX_CONFIG` of sysexits.h. */
const EXIT_CONFIGURATION = 78

const config = readConfigOrExit()
const log = createLog('worker', config.LOG_LEVEL)
const ctx = openContext(config, log, 'manyhands-worker')
const worker = await startWorker(ctx, { handlers, topics, schedules }).catch((error: Error) => {
  process.stderr.write(`WORKER_HEALTH_PORT: ${error.message}\n`)
  process.exit(EXIT_CONFIGURATION)
})
log.info({ healthPort: worker.healthPort }, 'worker started')

let stopping = false
async function stop(signal: string): Promise<void> {
  if (stopping) return
  stopping = true
  log.info({ signal }, 'worker stops')
  setTimeout(() => process.exit(0), LAST_MOMENT_MS).unref()
  await worker.stop(GRACE_MS)
  await closeContext(ctx)
  process.exit(0)
}
process.on('SIGTERM', (signal) => void stop(signal))
process.on('SIGINT', (signal) => void stop(signal))
