import { INBOX_SIZE, listCapturedMails } from '@manyhands/shared/mails/repository'
import { toCapturedMailView } from '@manyhands/shared/mails/view'
import { z } from 'zod'
import { defineCommand } from './command.ts'
import { withDatabase } from './with-database.ts'

export const mailsCommand = defineCommand({
  name: 'mails',
  summary: 'Read the mails that were kept because no SMTP server is configured',
  options: { last: { value: 'N', help: 'the newest N (default: 10)' } },
  needs: { redis: false },
  input: z.object({
    last: z.coerce.number('must be a number').int().min(1).max(INBOX_SIZE).default(10),
  }),
  run: ({ last }, invocation) =>
    withDatabase(invocation, async (ctx) => {
      const mails = (await listCapturedMails(ctx.db.primary, last)).map(toCapturedMailView)
      const shown = mails.map(
        ({ created, recipient, subject, text }) =>
          `${created}  To: ${recipient}\nSubject: ${subject}\n\n${text}`,
      )
      invocation.print({ mails }, shown.join(`${'-'.repeat(72)}\n`) || 'There are no mails')
      return 0
    }),
})
