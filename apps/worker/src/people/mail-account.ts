import { type PreparedTemplate, prepareAccountMail } from '@meedenk/actions/people/prepare-account-mail'
import { z } from 'zod'
import { defineJob, type Job, type Room } from '../define-job.ts'
import { deliver } from '../deliver.ts'

/** A job that sends one kind of mail about an account as soon as its event is there. */
const mailing = (name: string, template: PreparedTemplate, room: Room = 'people'): Job =>
  defineJob({
    name,
    room,
    payload: z.object({ channelId: z.uuid(), eventId: z.uuid() }),
    async run(context, { eventId }, tools) {
      const mailId = await prepareAccountMail(context, { eventId, template })
      if (mailId) await deliver(context, mailId, tools)
    },
  })

/** The code with which one confirms to move or to stop. */
export const mailConfirmation = mailing('mail-confirmation', 'confirmation')
/** The old address hears that the account moved, and can take it back. */
export const mailOldAddress = mailing('mail-old-address', 'email_changed')
/** Until when one may come back, and what stays. */
export const mailDeparture = mailing('mail-departure', 'departure_planned')
/** What happens now, for who just arrived. */
export const mailWelcome = mailing('mail-welcome', 'welcome')
/** Whoever reported without an account hears that it came in, and later what was decided. */
export const mailReportReceived = mailing('mail-report-received', 'report_received', 'moderation')
export const mailReportDecided = mailing('mail-report-decided', 'report_decided', 'moderation')
