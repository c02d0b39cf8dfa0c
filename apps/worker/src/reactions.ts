import type { OutboxEvent } from '@meedenk/actions/outbox'
import type { EventType } from '@meedenk/domain/events'
import type { Job, Order } from './define-job.ts'
import { tellAuthor } from './moderation/tell-author.ts'
import { tellOfOpenedSeal } from './moderation/tell-of-opened-seal.ts'
import { tellReporter } from './moderation/tell-reporter.ts'
import { sendDueMail } from './notifications/send-due-mail.ts'
import { tellAnswerer } from './notifications/tell-answerer.ts'
import { tellAnswerers } from './notifications/tell-answerers.ts'
import { tellOfAnswer } from './notifications/tell-of-answer.ts'
import {
  mailConfirmation,
  mailDeparture,
  mailOldAddress,
  mailReportDecided,
  mailReportReceived,
  mailWelcome,
} from './people/mail-account.ts'
import { mailSignIn } from './people/mail-sign-in.ts'
import { warnPerson } from './people/warn-person.ts'
import { writeExport } from './privacy/write-export.ts'
import { countFirstAnswer } from './questions/count-first-answer.ts'
import { routeToExperts } from './questions/route-to-experts.ts'

/** What follows from what: the whole nervous system on one screen. */
export const reactions: Partial<Record<EventType, readonly Job[]>> = {
  'sign_in.requested': [mailSignIn],
  'session.theft_suspected': [warnPerson],
  'passkey.added': [warnPerson],
  'passkey.removed': [warnPerson],
  'password.set': [warnPerson],
  'password.removed': [warnPerson],
  'totp.set': [warnPerson],
  'totp.removed': [warnPerson],
  'session.started': [warnPerson],
  'confirmation.requested': [mailConfirmation],
  'email.changed': [mailOldAddress, warnPerson],
  'email.change_undone': [warnPerson],
  'person.onboarded': [mailWelcome],
  'departure.planned': [mailDeparture],
  'export.requested': [writeExport],

  'question.asked': [routeToExperts],
  'question.escalated': [sendDueMail],
  'question.follow_up_due': [sendDueMail],
  'question.hidden': [tellAuthor],
  'question.restored': [tellAuthor],

  'answer.posted': [countFirstAnswer, tellOfAnswer],
  'answer.marked_helpful': [tellAnswerer],
  'answer.hidden': [tellAuthor],
  'answer.restored': [tellAuthor],
  'yield.shared': [tellAnswerers],

  'post.reported': [mailReportReceived],
  'report.decided': [tellReporter, mailReportDecided],
  'seal.opened': [tellOfOpenedSeal],
  'notices.added': [sendDueMail],
}

/** The orders that follow from an event; the id makes a second relay of it the same order. */
export function ordersFor(event: OutboxEvent): Order[] {
  return (reactions[event.type] ?? []).map((job) => orderFor(event, job))
}

/** One order; a payload carries ids, never content. */
export function orderFor({ eventId, channelId, subjectId, questionId }: OutboxEvent, job: Job): Order {
  return { job, id: `${eventId}-${job.name}`, data: { eventId, channelId, subjectId, questionId } }
}

/** Every job that an event can start, by its name. */
export const reactingJobs: ReadonlyMap<string, Job> = new Map(
  Object.values(reactions).flatMap((jobs) => jobs.map((job) => [job.name, job])),
)

/** Which jobs leave a mark for which event: the sweeper asks for what is missing. */
export const jobsOfEvents: ReadonlyMap<EventType, readonly string[]> = new Map(
  // Object.entries forgets the type of the keys.
  (Object.entries(reactions) as [EventType, readonly Job[]][]).map(([type, jobs]) => [
    type,
    jobs.filter((job) => job !== sendDueMail).map((job) => job.name),
  ]),
)
