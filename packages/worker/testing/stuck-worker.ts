import { Transform } from 'node:stream'
import { readConfigOrExit } from '@manyhands/shared/config/config'
import { openContext } from '@manyhands/shared/context/context'
import { createLog } from '@manyhands/shared/log/log'
import { handlers, topics } from '../src/registry.ts'
import { startWorker } from '../src/runtime/start-worker.ts'
import { SHORT_LOCKS } from './short-locks.ts'

const config = readConfigOrExit()
const ctx = openContext(config, createLog('stuck-worker', config.LOG_LEVEL), 'stuck-worker')
const { storage } = ctx
const put = storage.put.bind(storage)
storage.put = (key, content) => {
  // Lets the beginning through and never calls back for more.
  let passed = 0
  const stuck = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      passed += chunk.length
      this.push(chunk)
      if (passed < 20_000) done()
    },
  })
  return put(key, content.pipe(stuck))
}
await startWorker(ctx, { handlers, topics, schedules: [] }, SHORT_LOCKS)
