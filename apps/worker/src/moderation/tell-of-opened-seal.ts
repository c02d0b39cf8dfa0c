import { notifyOfOpenedSeal } from '@meedenk/actions/notifications/notify-of-decision'
import { z } from 'zod'
import { defineJob } from '../define-job.ts'

/** Whoever wrote anonymously hears that a moderator looked. */
export const tellOfOpenedSeal = defineJob({
  name: 'tell-of-opened-seal',
  room: 'moderation',
  payload: z.object({ channelId: z.uuid(), eventId: z.uuid(), subjectId: z.uuid() }),
  run: (context, order) => notifyOfOpenedSeal(context, order),
})
