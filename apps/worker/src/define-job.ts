import type { Context } from '@meedenk/actions/context'
import type { Db } from '@meedenk/db/connection'
import type { System } from '@meedenk/domain/actor'
import type { z } from 'zod'
import type { Mailer } from './mailer.ts'

export const rooms = ['people', 'questions', 'notifications', 'moderation', 'privacy'] as const
/** The queue of a job is its room. */
export type Room = (typeof rooms)[number]
export type Order = { job: Job; id: string; data: Record<string, unknown> }

/** What a job works with, made by hand in main.ts; tests bring their own. */
export type Tools = {
  db: Db
  clock: () => Date
  secret: string
  origin: string
  mailer: Mailer
  /** Puts more work in the queues, after the work that gave rise to it is committed. */
  enqueue(orders: Order[]): Promise<void>
}

export type Job = { name: string; room: Room; handle(tools: Tools, data: unknown): Promise<void> }

type Definition<Payload extends z.ZodType<{ channelId: string }>> = {
  name: string
  room: Room
  payload: Payload
  run(context: Context<System>, payload: z.output<Payload>, tools: Tools): Promise<unknown>
}

/** A job works as the system, inside the one channel its payload names. */
export function defineJob<Payload extends z.ZodType<{ channelId: string }>>(job: Definition<Payload>): Job {
  return {
    name: job.name,
    room: job.room,
    async handle(tools, data) {
      const payload = job.payload.parse(data)
      const actor: System = { kind: 'system', job: job.name, channelId: payload.channelId }
      await job.run({ db: tools.db, actor, now: tools.clock(), requestId: null }, payload, tools)
    },
  }
}
