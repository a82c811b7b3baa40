import { Readable } from 'node:stream'
import { deleteProject } from '@manyhands/shared/projects/repository'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { attachUpload, doomUpload, insertUpload } from '@manyhands/shared/uploads/repository'
import type { UploadKind } from '@manyhands/shared/uploads/table'
import { expect, it } from 'vitest'
import { callJob } from '../../testing/call-job.ts'
import { storedFiles } from '../../testing/stored-files.ts'
import { cleanUploadsJob } from './clean-uploads.ts'

const platform = useTestPlatform()

async function upload(
  name: string,
  kind: UploadKind,
  projectId: number | null,
  objectId: number | null,
) {
  const key = `user_1/${name}`
  const { db, storage } = platform.ctx
  await insertUpload(db.primary, { key, kind, projectId, userId: 1 })
  await storage.put(key, Readable.from([Buffer.from('x')]))
  if (objectId !== null) await attachUpload(db.primary, key, kind, objectId)
  return key
}

it('removes the files of what is gone, and no other', async () => {
  const { db } = platform.ctx
  const kept = await platform.make.project()
  const deleted = await platform.make.project()
  const { user } = await platform.make.user()
  const stay = [
    await upload('avatar', 'avatar', null, user.id),
    await upload('thumbnail', 'thumbnail', kept.id, kept.id),
    await upload('under-way', 'taskrun', kept.id, null),
  ]
  await upload('its-thumbnail', 'thumbnail', deleted.id, deleted.id)
  await upload('its-orphan', 'taskrun', deleted.id, null)
  await upload('no-record', 'helpingmaterial', kept.id, 999_999)
  await upload('no-account', 'avatar', null, 999_999)
  await doomUpload(db.primary, await upload('doomed', 'page', kept.id, null))
  await db.primary.transaction((tx) => deleteProject(tx, deleted.id))

  await callJob(platform.ctx, cleanUploadsJob, {})
  await callJob(platform.ctx, cleanUploadsJob, {})

  expect((await storedFiles(platform.ctx)).sort()).toEqual([...stay].sort())
})
