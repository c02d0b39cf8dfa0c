import { claimDueMail } from '@meedenk/actions/notifications/claim-due-mail'
import { z } from 'zod'
import { defineJob, type Order } from '../define-job.ts'
import { deliverMail } from './deliver-mail.ts'

/** Puts what is due now into mails and orders their delivery. Needs no mark: a second run finds nothing due. */
export const sendDueMail = defineJob({
  name: 'send-due-mail',
  room: 'notifications',
  payload: z.object({ channelId: z.uuid() }),
  async run(context, { channelId }, tools) {
    const mailIds = await claimDueMail(context)
    await tools.enqueue(mailIds.map((mailId) => deliveryOf(mailId, channelId)))
  },
})

/** The order to deliver one mail; its id keeps two deliveries of one mail apart. */
export const deliveryOf = (mailId: string, channelId: string): Order => ({
  job: deliverMail,
  id: `${mailId}-deliver-mail`,
  data: { mailId, channelId },
})
