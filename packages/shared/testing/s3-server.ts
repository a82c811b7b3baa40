import { mkdtemp, rm } from 'node:fs/promises'
import type { Server } from 'node:http'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Config } from '../src/config/config.ts'

/** The part of s3rver that is used here; it brings no types. */
interface S3rver {
  run(): Promise<{ port: number }>
  close(): Promise<void>
  httpServer: Server
}

const S3rverServer = createRequire(import.meta.url)('s3rver') as new (options: object) => S3rver

export type S3Config = Pick<
  Config,
  'STORAGE_URL' | 'S3_ENDPOINT' | 'S3_REGION' | 'S3_ACCESS_KEY_ID' | 'S3_SECRET_ACCESS_KEY'
>

/** A real S3 server on this machine with one empty bucket, for tests. */
export async function startS3() {
  const directory = await mkdtemp(join(tmpdir(), 'manyhands-s3-'))
  const bucket = 'manyhands'
  const server = new S3rverServer({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    configureBuckets: [{ name: bucket }],
  })
  const { port } = await server.run()
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    bucket,
    /** The settings that make a process use it. */
    config: (prefix = ''): S3Config => ({
      STORAGE_URL: `s3://${bucket}/${prefix}`,
      S3_ENDPOINT: url,
      S3_REGION: 'us-east-1',
      S3_ACCESS_KEY_ID: 'S3RVER',
      S3_SECRET_ACCESS_KEY: 'S3RVER',
    }),
    async close() {
      server.httpServer.closeAllConnections()
      await server.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
