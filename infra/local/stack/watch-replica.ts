import { setTimeout as sleep } from 'node:timers/promises'
import type { ReplicaServer } from '../postgres/start-replica.ts'

const LOOK_EVERY_MS = 10_000
/** A restart of the primary interrupts the stream for a moment; that is not yet a lost replica. */
const LOST_AFTER_LOOKS = 3

/** Ends a replica that runs but does not receive any more, which happens when it was away for longer than
 *  the primary keeps its log. Its supervision then starts it with a new copy of the primary. */
export async function watchReplica(replica: ReplicaServer, isStopping: () => boolean) {
  let lost = 0
  while (!isStopping()) {
    await sleep(LOOK_EVERY_MS, undefined, { ref: false })
    if (isStopping()) return
    lost = (await replica.isStreaming()) ? 0 : lost + 1
    if (lost < LOST_AFTER_LOOKS) continue
    lost = 0
    await replica.abandon('it does not follow any more')
  }
}
