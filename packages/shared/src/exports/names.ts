import type { ExportFormat, ExportType } from './contract.ts'

interface ExportName {
  projectId: number
  shortName: string
  type: ExportType
  format: ExportFormat
}

/** The file that is downloaded: `<project id>_<short>_<type>_<format>.zip` (behaviour.md section 6.3). */
export function exportFileName(name: ExportName): string {
  return `${name.projectId}_${safeShortName(name.shortName)}_${name.type}_${name.format}.zip`
}

/** Where all that belongs to an export lies: its file, and what an attempt that died has left. */
export function exportFolder(projectId: number, exportId: string): string {
  return `${projectExportsFolder(projectId)}/${exportId}`
}

export function projectExportsFolder(projectId: number): string {
  return `exports/${projectId}`
}

export function exportStorageKey(projectId: number, exportId: string, fileName: string): string {
  return `${exportFolder(projectId, exportId)}/${fileName}`
}

/** A file inside the archive. */
export function memberName(
  shortName: string,
  type: ExportType,
  kind: 'csv' | 'json' | 'info_only',
): string {
  const stem = `${safeShortName(shortName)}_${type}`
  return kind === 'info_only' ? `${stem}_info_only.csv` : `${stem}.${kind}`
}

/** Letters that Unicode does not take apart into a Latin letter and an accent. */
const LATIN: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'Th',
  ł: 'l',
  Ł: 'L',
  ı: 'i',
}

/** A project's short name in the characters that every file system takes; `project` when it has none
 *  of them. */
export function safeShortName(shortName: string): string {
  const ascii = shortName
    .replace(/[^\0-\x7f]/g, (letter) => LATIN[letter] ?? letter)
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9_.-]/g, '')
    .replace(/^[._]+|[._]+$/g, '')
  return ascii.slice(0, 150) || 'project'
}
