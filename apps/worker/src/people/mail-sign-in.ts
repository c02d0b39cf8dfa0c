import { prepareSignInMail } from '@meedenk/actions/notifications/prepare-sign-in-mail'
import { z } from 'zod'
import { defineJob } from '../define-job.ts'
import { deliver } from '../deliver.ts'

/** The code and the link to sign in, at once; a queue of its own keeps it from waiting behind other mail. */
export const mailSignIn = defineJob({
  name: 'mail-sign-in',
  room: 'people',
  payload: z.object({ channelId: z.uuid(), eventId: z.uuid(), subjectId: z.uuid() }),
  async run(context, { eventId, subjectId }, tools) {
    const mailId = await prepareSignInMail(context, { eventId, attemptId: subjectId })
    if (mailId) await deliver(context, mailId, tools)
  },
})
