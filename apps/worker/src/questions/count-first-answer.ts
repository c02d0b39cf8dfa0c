import { noteFirstAnswer } from '@meedenk/actions/questions/note-first-answer'
import { z } from 'zod'
import { defineJob } from '../define-job.ts'

/** The promise is measured in office minutes to the first answer. */
export const countFirstAnswer = defineJob({
  name: 'count-first-answer',
  room: 'questions',
  payload: z.object({ channelId: z.uuid(), eventId: z.uuid(), questionId: z.uuid() }),
  run: (context, order) => noteFirstAnswer(context, order),
})
