import { ValidationError } from '@manyhands/shared/errors/errors'
import { fileTypeFromBuffer } from 'file-type'
import { extensionOf, MEDIA_TYPES, type MediaKind, type MediaType } from './media-types.ts'

/** Bytes that tell the type of a file (what file-type asks for). */
export const HEAD_BYTES = 4_100

/** What a file is, by its first bytes; the name only tells texts apart (CSV, JSON, plain). A name that
 *  claims something else does not matter: the stored name ends with what the content is.
 *  Throws ValidationError naming `file`. */
export async function detectType(
  head: Buffer,
  name: string,
  kinds?: readonly MediaKind[],
): Promise<MediaType> {
  const type = await detect(head, name)
  if (!type) throw refusal(`This kind of file is not accepted; accepted are ${list(kinds)}`)
  if (kinds && !kinds.includes(type.kind)) {
    throw refusal(`A ${type.extension} file is not accepted here; accepted are ${list(kinds)}`)
  }
  return type
}

async function detect(head: Buffer, name: string): Promise<MediaType | undefined> {
  // Texts first: a CSV whose header begins with "BM" is no bitmap.
  const extension = extensionOf(name)
  const text = MEDIA_TYPES.find((type) => type.kind === 'text' && type.extension === extension)
  if (text && beginsAsText(head)) return looksLikeCode(head) ? undefined : text
  const found = await fileTypeFromBuffer(head).catch(() => undefined)
  return found && MEDIA_TYPES.find((type) => type.detected.includes(found.ext))
}

function beginsAsText(head: Buffer): boolean {
  try {
    new TextGuard().check(head)
    return true
  } catch {
    return false
  }
}

/** No byte that a text has no use for. */
function isPlainText(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d))
}

/** Markup (HTML, SVG, XML) or a script of the shell, behind a byte order mark and blanks too. */
function looksLikeCode(head: Buffer): boolean {
  return /^(<[a-z!?/]|#!)/i.test(head.toString('utf8').replace(/^[\uFEFF\s]+/, ''))
}

/** Looks at a text as it flows by. `check` throws ValidationError once it is none. */
export class TextGuard {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true })

  check(chunk: Uint8Array | undefined): void {
    try {
      this.#decoder.decode(chunk, { stream: chunk !== undefined })
    } catch {
      throw refusal('A text must be UTF-8')
    }
    if (chunk && !isPlainText(chunk)) throw refusal('This is not a plain text')
  }
}

export function refusal(message: string): ValidationError {
  return new ValidationError(`file: ${message}`, 'value', [{ field: 'file', message }])
}

function list(kinds: readonly MediaKind[] | undefined): string {
  return MEDIA_TYPES.filter((type) => !kinds || kinds.includes(type.kind))
    .map((type) => type.extension)
    .join(', ')
}
