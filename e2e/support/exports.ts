import { Export, type ExportRequest } from '@manyhands/shared/exports/contract'
import { expect } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import type { ApiClient } from './api-client.ts'
import { eventually } from './eventually.ts'
import { unzip } from './unzip.ts'

const Rows = z.array(z.record(z.string(), z.unknown()))
export type Row = Record<string, unknown>

/** Orders an export, waits for the worker, downloads the archive and gives back its files. */
export async function exportFiles(
  owner: ApiClient,
  shortName: string,
  request: ExportRequest,
): Promise<Map<string, string>> {
  const { id } = await owner.post(`/api/projects/${shortName}/exports`, request, Export)
  const url = await eventually(`the export ${request.type} ${request.format}`, async () => {
    const { state, error, download_url } = await owner.get(`/api/exports/${id}`, Export)
    if (state === 'failed' || state === 'cancelled') throw new Error(`${state}: ${error}`)
    return state === 'done' ? (download_url ?? undefined) : undefined
  })
  const archive = await owner.send('GET', url)
  expect(archive.status).toBe(200)
  return unzip(Buffer.from(await archive.arrayBuffer()))
}

/** The rows of the archive's main file, whichever format it has. */
export function rowsOf(files: Map<string, string>): Row[] {
  for (const [name, content] of files) {
    if (name.endsWith('.json')) return Rows.parse(JSON.parse(content))
    if (name.endsWith('.csv') && !name.endsWith('_info_only.csv')) {
      return Rows.parse(parse(content, { columns: true, bom: true }))
    }
  }
  throw new Error(`no rows in ${[...files.keys()].join(', ')}`)
}
