import { z } from 'zod'
import { defineJob } from '../queues/job.ts'

/** Sends one ordered mail. */
export const sendMail = defineJob({
  queue: 'interactive',
  name: 'send-mail',
  payload: z.object({ mailId: z.uuid() }),
  dedupeKey: ({ mailId }) => `mail-${mailId}`,
})

/** Queues the mails again whose job was lost or has failed, and drops those that are too old. */
export const sweepMails = defineJob({
  queue: 'scheduled',
  name: 'sweep-mails',
  payload: z.object({}),
})
