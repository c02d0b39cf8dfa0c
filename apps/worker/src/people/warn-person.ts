import { notifyOfSecurity } from '@meedenk/actions/notifications/notify-of-security'
import { z } from 'zod'
import { defineJob } from '../define-job.ts'

/** A person hears at once that something about signing in changed. */
export const warnPerson = defineJob({
  name: 'warn-person',
  room: 'people',
  payload: z.object({ channelId: z.uuid(), eventId: z.uuid() }),
  run: (context, order) => notifyOfSecurity(context, order),
})
