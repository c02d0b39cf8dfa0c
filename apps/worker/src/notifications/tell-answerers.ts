import { notifyOfOutcome } from '@meedenk/actions/notifications/notify-of-outcome'
import { z } from 'zod'
import { defineJob } from '../define-job.ts'

/** Everybody who thought along hears what came of it. */
export const tellAnswerers = defineJob({
  name: 'tell-answerers',
  room: 'notifications',
  payload: z.object({ channelId: z.uuid(), eventId: z.uuid(), questionId: z.uuid() }),
  run: (context, { eventId, questionId }) => notifyOfOutcome(context, { eventId, questionId }),
})
