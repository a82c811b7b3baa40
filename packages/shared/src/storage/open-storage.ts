import { fileURLToPath } from 'node:url'
import type { Config } from '../config/config.ts'
import { FolderStorage } from './folder-storage.ts'
import { S3Storage } from './s3-storage.ts'
import type { Storage } from './storage.ts'

/** The storage that `STORAGE_URL` names: `file:///folder`, or `s3://bucket/prefix` with the `S3_*`
 *  settings. Nothing is connected yet. */
export function openStorage(
  config: Pick<
    Config,
    'STORAGE_URL' | 'S3_ENDPOINT' | 'S3_REGION' | 'S3_ACCESS_KEY_ID' | 'S3_SECRET_ACCESS_KEY'
  >,
): Storage {
  const url = new URL(config.STORAGE_URL)
  if (url.protocol === 'file:') return new FolderStorage(fileURLToPath(url).replace(/\/+$/, ''))
  const folders = url.pathname.split('/').filter(Boolean)
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = config
  return new S3Storage({
    bucket: url.hostname,
    prefix: folders.map((folder) => `${folder}/`).join(''),
    endpoint: config.S3_ENDPOINT,
    region: config.S3_REGION,
    credentials: accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined,
  })
}
