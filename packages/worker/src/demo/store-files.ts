import { Readable } from 'node:stream'
import type { Storage } from '@manyhands/shared/storage/storage'
import type { DemoFile } from './demo-project.ts'

/** Files written at a time: each waits for the disk, few would be slow and many would crowd others out. */
const AT_A_TIME = 8

/** Puts every file into the storage. Doing it again writes the same files. */
export async function storeFiles(storage: Storage, files: AsyncIterable<DemoFile>): Promise<void> {
  const writing = new Set<Promise<unknown>>()
  for await (const { key, content } of files) {
    const write = storage.put(key, Readable.from([content])).finally(() => writing.delete(write))
    writing.add(write)
    if (writing.size >= AT_A_TIME) await Promise.race(writing)
  }
  await Promise.all(writing)
}
