import { notifyReporter } from '@meedenk/actions/notifications/notify-of-decision'
import { z } from 'zod'
import { defineJob } from '../define-job.ts'

/** Whoever reported a post hears what was decided. */
export const tellReporter = defineJob({
  name: 'tell-reporter',
  room: 'moderation',
  payload: z.object({ channelId: z.uuid(), eventId: z.uuid(), subjectId: z.uuid() }),
  run: (context, order) => notifyReporter(context, order),
})
