import type { Frame, Text } from './texts/text.ts'

export interface WrittenMail {
  subject: string
  text: string
  html: string
}

interface Filling {
  text: Text
  frame: Frame
  fullname: string
  brand: string
  link: string
}

/** One text, as plain text and as HTML that needs neither pictures nor a style sheet from elsewhere. */
export function layOut({ text, frame, fullname, brand, link }: Filling): WrittenMail {
  const greeting = frame.greeting(fullname)
  const closing = frame.closing(brand)
  const button = text.action ? [`${text.action}:\n${link}`] : []
  const note = text.note ? [text.note] : []
  return {
    subject: oneLine(text.subject),
    text: `${[greeting, ...text.paragraphs, ...button, ...note, closing].join('\n\n')}\n`,
    html: page([
      paragraph(greeting),
      ...text.paragraphs.map((words) => paragraph(words)),
      ...(text.action ? [buttonTo(link, text.action)] : []),
      ...note.map((words) => paragraph(words, 'color:#666;font-size:14px')),
      paragraph(closing),
    ]),
  }
}

/** Whatever a person calls themselves or a project stays text. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

/** A header has one line, whatever a name holds. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

function paragraph(words: string, style = ''): string {
  return `<p${style && ` style="${style}"`}>${escapeHtml(words)}</p>`
}

function buttonTo(link: string, label: string): string {
  const style =
    'display:inline-block;padding:12px 20px;border-radius:8px;background:#1f5fbf;color:#fff;text-decoration:none'
  return `<p><a href="${escapeHtml(link)}" style="${style}">${escapeHtml(label)}</a></p>
<p style="color:#666;font-size:13px;word-break:break-all">${escapeHtml(link)}</p>`
}

function page(parts: string[]): string {
  return `<!doctype html>
<html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head>
<body style="font:16px/1.5 sans-serif;color:#222;max-width:560px;margin:0 auto;padding:24px">
${parts.join('\n')}
</body></html>
`
}
