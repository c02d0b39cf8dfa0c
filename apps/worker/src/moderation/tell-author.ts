import { notifyOfDecision } from '@meedenk/actions/notifications/notify-of-decision'
import { z } from 'zod'
import { defineJob } from '../define-job.ts'

/** The author hears that a post was hidden or restored, and why. */
export const tellAuthor = defineJob({
  name: 'tell-author',
  room: 'moderation',
  payload: z.object({ channelId: z.uuid(), eventId: z.uuid(), subjectId: z.uuid() }),
  run: (context, order) => notifyOfDecision(context, order),
})
