import { MAIL_KINDS, type MailKind } from '@manyhands/shared/mails/contract'
import type { MailRow } from '@manyhands/shared/mails/table'
import { layOut, type WrittenMail } from './layout.ts'
import type { MailLink } from './mail-link.ts'
import { languageOf } from './texts/languages.ts'
import type { Occasion, Text } from './texts/text.ts'

/** An ordered mail in the language of its person. */
export function writeMail(
  mail: MailRow,
  brand: string,
  { link, linkHours }: MailLink,
): WrittenMail {
  const { frame, texts } = languageOf(mail.locale)
  // The text of a kind is given the data of that kind, which its contract has parsed.
  const write = texts[mail.kind] as (occasion: Occasion<MailKind>) => Text
  const data = MAIL_KINDS[mail.kind].parse(mail.data)
  const { fullname } = mail
  const text = write({ data, fullname, brand, link, linkHours })
  return layOut({ text, frame, fullname, brand, link })
}
