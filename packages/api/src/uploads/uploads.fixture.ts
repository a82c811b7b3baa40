import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createAdaptorServer } from '@hono/node-server'
import { selectRows } from '@manyhands/shared/db/raw'
import type { TestPlatform } from '@manyhands/shared/testing/platform'
import { sql } from 'drizzle-orm'
import type { Hono } from 'hono'
import sharp from 'sharp'
import type { Env } from '../http/env.ts'

/** A real picture of one colour. */
export function picture(format: 'png' | 'jpeg' | 'webp' | 'gif' | 'avif', width = 8, height = 8) {
  return sharp({ create: { width, height, channels: 3, background: 'teal' } })
    .toFormat(format)
    .toBuffer()
}

/** What a browser or requests would send. Parts keep their order. */
export function form(parts: Record<string, string | [content: Uint8Array, name: string]>) {
  const data = new FormData()
  for (const [name, part] of Object.entries(parts)) {
    if (typeof part === 'string') data.append(name, part)
    else data.append(name, new Blob([Buffer.from(part[0])]), part[1])
  }
  return data
}

/** Every file that the storage folder holds, unfinished ones too. */
export async function storedFiles(platform: TestPlatform): Promise<string[]> {
  const root = fileURLToPath(platform.config.STORAGE_URL)
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
}

/** The rows that know of files. */
export function knownUploads(platform: TestPlatform) {
  return selectRows<{ key: string; object_id: number | null }>(
    platform.ctx.db.primary,
    sql`select key, object_id from uploads order by created`,
  )
}

/** The app behind a real server, on a free port of this machine. */
export async function listen(app: Hono<Env>): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createAdaptorServer({ fetch: app.fetch })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
