import { notifyOfOutcome } from '@meedenk/actions/notifications/notify-of-outcome'
import { z } from 'zod'
import { defineJob } from '../define-job.ts'

/** An answerer hears that the answer helped. */
export const tellAnswerer = defineJob({
  name: 'tell-answerer',
  room: 'notifications',
  payload: z.object({ channelId: z.uuid(), eventId: z.uuid(), subjectId: z.uuid() }),
  run: (context, { eventId, subjectId }) => notifyOfOutcome(context, { eventId, answerId: subjectId }),
})
