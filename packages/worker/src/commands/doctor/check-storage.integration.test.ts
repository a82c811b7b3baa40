import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Config, readConfig } from '@manyhands/shared/config/config'
import { startS3 } from '@manyhands/shared/testing/s3-server'
import { expect, it } from 'vitest'
import { checkStorage } from './check-storage.ts'

const config = (env: Record<string, string | undefined>): Config =>
  readConfig({
    DATABASE_URL: 'postgres://not-asked.invalid/x',
    REDIS_URL: 'redis://not-asked.invalid',
    SECRET: 'only for tests, nothing secret',
    ...env,
  })

it('writes to a folder and to a bucket', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'manyhands-doctor-'))
  const s3 = await startS3()
  const STORAGE_URL = pathToFileURL(folder).href
  expect(await checkStorage(config({ STORAGE_URL }))).toEqual({ ok: true, detail: 'writable' })
  expect(await checkStorage(config(s3.config('files')))).toEqual({ ok: true, detail: 'writable' })
  await s3.close()
  await rm(folder, { recursive: true })
})

it('says what is wrong with a bucket', async () => {
  const s3 = await startS3()
  const elsewhere = { ...s3.config(), STORAGE_URL: 's3://no-such-bucket' }
  expect(await checkStorage(config(elsewhere))).toMatchObject({
    ok: false,
    detail: expect.stringContaining('bucket'),
    advice: expect.stringContaining('S3_'),
  })
  await s3.close()
})
