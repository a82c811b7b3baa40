import type { Export } from '@manyhands/shared/exports/contract'

/** Newest first; a known one is replaced where it stands. News that are older than what is shown
 *  (a poll answered before the last event) do not turn a finished export back. */
export function withExport(list: Export[], changed: Export): Export[] {
  if (!list.some(({ id }) => id === changed.id)) return [changed, ...list]
  return list.map((shown) =>
    shown.id === changed.id && !isOlder(changed, shown) ? changed : shown,
  )
}

function isOlder(news: Export, shown: Export): boolean {
  return shown.finished !== null && news.finished === null
}
