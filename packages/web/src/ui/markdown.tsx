import DOMPurify from 'dompurify'
import { marked } from 'marked'
import { useMemo } from 'react'
import styles from './markdown.module.css'

/** Somebody else's Markdown: text, lists, links and pictures; never scripts, styles or forms. */
export function Markdown({ text }: { text: string }) {
  const html = useMemo(() => {
    const raw = marked.parse(text, { async: false, gfm: true })
    return DOMPurify.sanitize(raw, {
      USE_PROFILES: { html: true },
      FORBID_TAGS: ['style', 'form', 'input', 'button', 'h1'],
      FORBID_ATTR: ['style', 'class', 'id'],
    })
  }, [text])
  // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised on the line above.
  return <div className={styles.prose} dangerouslySetInnerHTML={{ __html: html }} />
}
