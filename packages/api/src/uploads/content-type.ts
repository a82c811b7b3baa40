/** Types that a browser shows in place; anything else is sent as a download. */
const SHOWN: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  mp3: 'audio/mpeg',
  ogg: 'audio/ogg',
  wav: 'audio/wav',
  mp4: 'video/mp4',
  webm: 'video/webm',
  pdf: 'application/pdf',
}

export function contentTypeOf(fileName: string): { type: string; isShown: boolean } {
  const extension = fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase()
  const shown = Object.hasOwn(SHOWN, extension) ? SHOWN[extension] : undefined
  if (shown) return { type: shown, isShown: true }
  return {
    type: extension === 'zip' ? 'application/zip' : 'application/octet-stream',
    isShown: false,
  }
}
