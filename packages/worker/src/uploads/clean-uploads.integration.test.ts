import { Readable } from 'node:stream'
import { archiveAnswers } from '@manyhands/shared/archives/archive-answers'
import { writeRows } from '@manyhands/shared/db/raw'
import { deleteProject } from '@manyhands/shared/projects/repository'
import { lockWholeProject } from '@manyhands/shared/projects/whole-project'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { attachUpload, doomUpload, insertUpload } from '@manyhands/shared/uploads/repository'
import type { UploadKind } from '@manyhands/shared/uploads/table'
import { sql } from 'drizzle-orm'
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

it('keeps the file of an answer that was put aside', async () => {
  const { db } = platform.ctx
  const project = await platform.make.project()
  const [task] = await platform.make.tasks(1, { project })
  const [run] = await writeRows<{ id: number }>(
    db.primary,
    sql`insert into task_runs (project_id, task_id, finish_time, volunteer_key, answer_hash)
      values (${project.id}, ${task?.id ?? 0}, now(), 'account:1', 'x') returning id`,
  )
  const key = await upload('answered', 'taskrun', project.id, Number(run?.id))
  await db.primary.transaction(async (tx) => {
    await lockWholeProject(tx, project.id)
    await archiveAnswers(tx, project.id)
  })

  await callJob(platform.ctx, cleanUploadsJob, {})
  expect(await storedFiles(platform.ctx)).toContain(key)

  await db.primary.transaction((tx) => deleteProject(tx, project.id))
  await callJob(platform.ctx, cleanUploadsJob, {})
  expect(await storedFiles(platform.ctx)).not.toContain(key)
})

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
