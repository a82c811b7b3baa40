import type { MailData, MailKind } from '@manyhands/shared/mails/contract'

/** What a text may speak of. Everything in it is plain text: the layout escapes. */
export interface Occasion<Kind extends MailKind> {
  data: MailData<Kind>
  /** Whom the mail greets. */
  fullname: string
  /** What the platform calls itself. */
  brand: string
  /** What the mail's button opens; empty for mails without one. */
  link: string
  /** How long that works, in hours. */
  linkHours: number
}

export interface Text {
  subject: string
  paragraphs: string[]
  /** What the button says. */
  action?: string
  /** Below the button. */
  note?: string
}

/** The words around every mail. */
export interface Frame {
  greeting: (fullname: string) => string
  closing: (brand: string) => string
}

/** One language: a text of every kind of mail. */
export interface Language {
  frame: Frame
  texts: { [Kind in MailKind]: (occasion: Occasion<Kind>) => Text }
}
