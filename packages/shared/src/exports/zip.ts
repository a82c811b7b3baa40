import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'

export interface ZipMember {
  name: string
  /** Called when its turn comes. */
  content: () => Readable
}

/** Answers compress tenfold at any level; a higher one costs time that the reader waits. */
const LEVEL = 3

/** The members one after the other as one archive, in constant memory. An error in a member becomes an
 *  error of the archive; destroying the archive destroys what it reads from. */
export function zip(members: ZipMember[]): Readable {
  const file = new ZipFile()
  const archive = Readable.from(file.outputStream, { objectMode: false })
  const opened: Readable[] = []
  file.on('error', (error: Error) => archive.destroy(error))
  for (const { name, content } of members) {
    file.addReadStreamLazy(name, { compressionLevel: LEVEL }, (done) => {
      const stream = content()
      opened.push(stream)
      stream.once('error', (error: Error) => archive.destroy(error))
      done(null, stream)
    })
  }
  file.end()
  archive.once('close', () => {
    for (const stream of opened) stream.destroy()
  })
  return archive
}
