import { text } from 'node:stream/consumers'
import yauzl from 'yauzl'

/** The text files in a ZIP archive, by name. */
export async function unzip(archive: Buffer): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  const zip = await yauzl.fromBufferPromise(archive)
  for await (const entry of zip.eachEntry()) {
    files.set(entry.fileName, await text(await zip.openReadStreamPromise(entry)))
  }
  return files
}
