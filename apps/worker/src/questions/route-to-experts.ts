import { routeQuestion } from '@meedenk/actions/questions/route-question'
import { z } from 'zod'
import { defineJob } from '../define-job.ts'

/** Everybody who ticked a theme of the question gets it, once. */
export const routeToExperts = defineJob({
  name: 'route-to-experts',
  room: 'questions',
  payload: z.object({ channelId: z.uuid(), eventId: z.uuid(), questionId: z.uuid() }),
  run: (context, order) => routeQuestion(context, order),
})
