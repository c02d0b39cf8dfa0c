import { gatherExport } from '@meedenk/actions/privacy/gather-export'
import { keepExport } from '@meedenk/actions/privacy/keep-export'
import { z } from 'zod'
import { defineJob } from '../define-job.ts'
import { deliveryOf } from '../notifications/send-due-mail.ts'
import { layOutExport } from './lay-out-export.ts'

/** Makes what somebody takes along: one page that reads without a network, and the same as data.  */
export const writeExport = defineJob({
  name: 'write-export',
  room: 'privacy',
  payload: z.object({ channelId: z.uuid(), eventId: z.uuid(), subjectId: z.uuid() }),
  async run(context, { channelId, eventId, subjectId }, tools) {
    const gathered = await gatherExport(context, subjectId)
    if (!gathered) return
    const { parts, requestedAt } = gathered
    const all = Object.fromEntries(parts.map(({ name, rows }) => [name, rows]))
    const data = JSON.stringify({ format: 'meedenk-export-1', requestedAt, ...all }, null, 2)
    const mailId = await keepExport(context, { eventId, exportId: subjectId, page: layOutExport(gathered), data })
    if (mailId) await tools.enqueue([deliveryOf(mailId, channelId)])
  },
})
