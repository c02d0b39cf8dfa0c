import { z } from 'zod'
import { defineJob } from '../define-job.ts'
import { deliver } from '../deliver.ts'

/** Hands one mail to the mail server; what is no longer visible is no longer in it. */
export const deliverMail = defineJob({
  name: 'deliver-mail',
  room: 'notifications',
  payload: z.object({ channelId: z.uuid(), mailId: z.uuid() }),
  run: (context, { mailId }, tools) => deliver(context, mailId, tools),
})
