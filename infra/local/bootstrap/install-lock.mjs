// Two starts of a fresh checkout must not write node_modules at once.
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { identifyProcess } from '../processes/process-identity.mjs'

/** Runs `work` while no other process of this checkout does; waits for one that does. */
export async function withInstallLock(root, output, work) {
  const file = join(root, '.data/install.lock')
  mkdirSync(dirname(file), { recursive: true })
  let told = false
  while (!take(file)) {
    if (isAbandoned(file)) {
      rmSync(file, { force: true })
      continue
    }
    if (!told) output.write('  … dependencies: another start is installing them, waiting\n')
    told = true
    await sleep(250)
  }
  const release = () => rmSync(file, { force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    release()
    process.off('exit', release)
  }
}

function take(file) {
  try {
    writeFileSync(file, `${process.pid} ${identifyProcess(process.pid)}`, { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

/** Its owner is gone: a killed process cannot take its lock away itself. */
function isAbandoned(file) {
  try {
    const [pid, identity] = readFileSync(file, 'utf8').split(' ')
    if (!identity) return Date.now() - statSync(file).mtimeMs > 5000 // killed while it wrote
    return identifyProcess(Number(pid)) !== identity
  } catch {
    return false // released between the two looks
  }
}
