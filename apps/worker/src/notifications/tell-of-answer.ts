import { notifyOfAnswer } from '@meedenk/actions/notifications/notify-of-answer'
import { z } from 'zod'
import { defineJob } from '../define-job.ts'

/** The asker hears of an answer; asker and answerer hear of a follow-up. */
export const tellOfAnswer = defineJob({
  name: 'tell-of-answer',
  room: 'notifications',
  payload: z.object({ channelId: z.uuid(), eventId: z.uuid(), subjectId: z.uuid() }),
  run: (context, { eventId, subjectId }) => notifyOfAnswer(context, { eventId, answerId: subjectId }),
})
