export type MediaKind = 'image' | 'audio' | 'video' | 'document' | 'text'

export interface MediaType {
  /** What a stored file's name ends with. */
  extension: string
  kind: MediaKind
  contentType: string
  /** Whether a browser shows it in place; anything else is sent as a download. */
  isShown: boolean
  /** file-type's names of the same thing. */
  detected: string[]
}

/** `Cache-Control` of uploaded files: a name is never used twice. */
export const FOREVER = 'public, max-age=31536000, immutable'

const shown = (
  kind: MediaKind,
  extension: string,
  contentType: string,
  detected = [extension],
): MediaType => ({ extension, kind, contentType, isShown: true, detected })
const download = (
  kind: MediaKind,
  extension: string,
  contentType: string,
  detected = [extension],
): MediaType => ({ extension, kind, contentType, isShown: false, detected })

/** All that is stored. No HTML, no SVG, no XML and no scripts: they could run where they are shown, as
 *  whoever looks at them, and nothing that a project shows needs them as files (a presenter's own code is
 *  in `info.task_presenter`). A text is only ever a download. */
export const MEDIA_TYPES: MediaType[] = [
  shown('image', 'png', 'image/png', ['png', 'apng']),
  shown('image', 'jpg', 'image/jpeg'),
  shown('image', 'gif', 'image/gif'),
  shown('image', 'webp', 'image/webp'),
  shown('image', 'avif', 'image/avif'),
  shown('audio', 'mp3', 'audio/mpeg'),
  shown('audio', 'ogg', 'audio/ogg', ['ogg', 'oga', 'opus', 'spx']),
  shown('audio', 'wav', 'audio/wav'),
  shown('audio', 'm4a', 'audio/mp4'),
  shown('audio', 'flac', 'audio/flac'),
  shown('video', 'mp4', 'video/mp4', ['mp4', 'm4v']),
  shown('video', 'webm', 'video/webm'),
  shown('document', 'pdf', 'application/pdf'),
  download('document', 'zip', 'application/zip'),
  download('text', 'csv', 'text/csv; charset=utf-8', []),
  download('text', 'json', 'application/json', []),
  download('text', 'txt', 'text/plain; charset=utf-8', []),
]

/** Of a stored file, by its name: the name got its ending from the content. */
export function mediaTypeOfName(name: string): Pick<MediaType, 'contentType' | 'isShown'> {
  const extension = extensionOf(name).replace(/^jpeg$/, 'jpg')
  const known = MEDIA_TYPES.find((type) => type.extension === extension)
  return known ?? { contentType: 'application/octet-stream', isShown: false }
}

/** Lower case, without the dot; empty for a name without one. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot < 0 ? '' : name.slice(dot + 1).toLowerCase()
}
