import { MAIL_KINDS, type MailData, type MailKind } from '@manyhands/shared/mails/contract'
import type { MailRow } from '@manyhands/shared/mails/table'
import { expect, it } from 'vitest'
import { writeMail } from './write-mail.ts'

const DATA: { [Kind in MailKind]: MailData<Kind> } = {
  'confirm-address': { linkId: crypto.randomUUID() },
  'reset-password': { linkId: crypto.randomUUID() },
  'password-changed': {},
  'address-changed': {},
  'role-changed': { roles: ['admin', 'pro'] },
  'personal-data-ready': { exportId: crypto.randomUUID() },
  'account-erased': {},
}
const link = { link: 'https://example.org/page#to&ken', linkHours: 5 }

function mail(kind: MailKind, changes: Partial<MailRow> = {}): MailRow {
  return {
    id: crypto.randomUUID(),
    kind,
    recipient: 'ada@example.org',
    fullname: 'Ada Lovelace',
    locale: 'en',
    data: DATA[kind],
    created: new Date(),
    tried: null,
    ...changes,
  }
}

it.each(Object.keys(MAIL_KINDS) as MailKind[])('%s says the same as text and as HTML', (kind) => {
  const { subject, text, html } = writeMail(mail(kind), 'Manyhands', link)
  expect(subject).toMatch(/^Manyhands: /)
  for (const paragraph of text.trim().split('\n\n')) {
    for (const line of paragraph.split(':\n')) expect(plain(html)).toContain(line)
  }
  expect(text).toMatch(/^Hello Ada Lovelace,\n\n/)
})

it('shows a name of markup as it is, in one line of the subject', () => {
  const bad = '<img src=x onerror="alert(1)">&\r\nBcc: all@example.org'
  const { subject, html } = writeMail(mail('reset-password', { fullname: bad }), bad, link)
  expect(html).not.toContain('<img')
  expect(html).toContain('&#60;img src=x onerror=&#34;alert(1)&#34;&#62;&#38;')
  expect(subject).not.toMatch(/[\r\n]/)
})

it('falls back to English', () => {
  const english = writeMail(mail('password-changed'), 'Manyhands', link)
  expect(writeMail(mail('password-changed', { locale: 'xx' }), 'Manyhands', link)).toEqual(english)
})

function plain(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&#(\d+);/g, (_all, code) => String.fromCharCode(code))
}
