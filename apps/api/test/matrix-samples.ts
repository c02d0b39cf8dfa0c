import { randomUUID } from 'node:crypto'
import { signMailLink } from '@meedenk/actions/notifications/sign-mail-link'
import type { TestPerson } from '@meedenk/db/test/factories'
import { testSecret } from './api.ts'
import { givenNotice, givenReport, givenTarget, type ObjectName, objectNames, type Target } from './matrix-objects.ts'
import { type Call, first, type Own, own, plain, type Sample, text, v1 } from './matrix-sample.ts'
import { samplesOfPages } from './matrix-samples-pages.ts'
import { samplesOfPeople } from './matrix-samples-people.ts'
import { samplesOfPrivacy } from './matrix-samples-privacy.ts'

const onQuestion = (rest: string, body?: unknown, headers?: Call['headers']): Sample => ({
  objects: objectNames,
  // The names of objects are those above.
  make: async (world, _actor, object) => ({
    path: `${v1}/questions/${(await givenTarget(world, object as ObjectName)).questionId}${rest}`,
    body,
    ...(headers ? { headers } : {}),
  }),
})
const onAnswer = (rest: string, body?: unknown, headers?: Call['headers']): Sample => ({
  objects: objectNames,
  make: async (world, _actor, object) => ({
    path: `${v1}/answers/${(await givenTarget(world, object as ObjectName)).answerId}${rest}`,
    body,
    ...(headers ? { headers } : {}),
  }),
})
const about = (path: string, objects: readonly ObjectName[], bodyOf: (target: Target) => unknown): Sample => ({
  objects,
  make: async (world, _actor, object) => ({
    path: v1 + path,
    body: bodyOf(await givenTarget(world, object as ObjectName)),
  }),
})
const report = (rest: string, body?: unknown): Sample => ({
  objects: ['open', 'closedA', 'none'],
  make: async (world, _actor, object) => ({
    path: `${v1}/moderation/reports/${await givenReport(world, object as ObjectName)}${rest}`,
    body,
  }),
})

const questions: Record<string, Sample> = {
  'POST /api/v1/questions': {
    make: ({ themeId }) => ({
      path: `${v1}/questions`,
      body: { title: text, body: text, themeIds: [themeId] },
      headers: { 'idempotency-key': randomUUID() },
    }),
  },
  'GET /api/v1/questions': plain('/questions?limit=50&state=all&sort=newest'),
  'GET /api/v1/questions/saved': plain('/questions/saved'),
  'GET /api/v1/questions/suggestions': plain(
    '/questions/suggestions?q=KAN-closeda-question+KAN-hidden-question+KAN-open-question',
  ),
  'POST /api/v1/questions/audience': {
    make: ({ themeId }) => ({ path: `${v1}/questions/audience`, body: { themeIds: [themeId] } }),
  },
  'GET /api/v1/questions/:id': onQuestion(''),
  'GET /api/v1/questions/:id/mine': onQuestion('/mine'),
  'GET /api/v1/questions/:id/history': onQuestion('/history'),
  'PATCH /api/v1/questions/:id': onQuestion('', { title: text, body: text }, first),
  'PUT /api/v1/questions/:id/withdrawal': onQuestion('/withdrawal'),
  'PUT /api/v1/questions/:id/closure': onQuestion('/closure', { reason: text }),
  'DELETE /api/v1/questions/:id/closure': onQuestion('/closure'),
  'PUT /api/v1/questions/:id/yield': onQuestion('/yield', { body: text }),
  'PUT /api/v1/questions/:id/follow-up': onQuestion('/follow-up', { outcome: 'stop' }),
  'PUT /api/v1/questions/:id/me-too': onQuestion('/me-too'),
  'DELETE /api/v1/questions/:id/me-too': onQuestion('/me-too'),
  'PUT /api/v1/questions/:id/saved': onQuestion('/saved'),
  'DELETE /api/v1/questions/:id/saved': onQuestion('/saved'),
  'POST /api/v1/questions/:id/answers': onQuestion('/answers', { body: text, perspective: 'practice' }),
  'POST /api/v1/answers/:id/follow-ups': onAnswer('/follow-ups', { body: text }),
  'PATCH /api/v1/answers/:id': onAnswer('', { body: text }, first),
  'PUT /api/v1/answers/:id/withdrawal': onAnswer('/withdrawal'),
  'GET /api/v1/answers/:id/history': onAnswer('/history'),
  'PUT /api/v1/answers/:id/thanks': onAnswer('/thanks'),
  'DELETE /api/v1/answers/:id/thanks': onAnswer('/thanks'),
  'PUT /api/v1/answers/:id/helped': onAnswer('/helped', {}),
  'DELETE /api/v1/answers/:id/helped': onAnswer('/helped'),
}

const moderation: Record<string, Sample> = {
  'POST /api/v1/reports': about('/reports', objectNames, ({ questionId }) => ({
    subjectKind: 'question',
    subjectId: questionId,
    reason: 'unsafe',
    explanation: 'KAN-report-typed',
  })),
  'GET /api/v1/moderation/reports': plain('/moderation/reports?limit=50'),
  'GET /api/v1/moderation/reports/:id': report(''),
  'PUT /api/v1/moderation/reports/:id/decision': report('/decision', { decision: 'hide', reason: text }),
  'PUT /api/v1/moderation/posts/decision': about('/moderation/posts/decision', objectNames, ({ questionId }) => ({
    subjectKind: 'question',
    subjectId: questionId,
    decision: 'hide',
    reason: text,
  })),
  'POST /api/v1/moderation/seals/:subjectId/opening': {
    objects: ['sealed', 'open', 'closedA', 'none'],
    make: async (world, _actor, object) => ({
      path: `${v1}/moderation/seals/${(await givenTarget(world, object as ObjectName)).questionId}/opening`,
      body: { reason: text },
    }),
  },
}

const notifications: Record<string, Sample> = {
  'GET /api/v1/inbox': plain('/inbox?limit=50'),
  'PATCH /api/v1/inbox/:id': {
    objects: own,
    make: async (world, actor, object) => ({
      path: `${v1}/inbox/${await givenNotice(world, actor, object as Own)}`,
      body: { state: 'done' },
    }),
  },
  'GET /api/v1/me/notification-settings': plain('/me/notification-settings'),
  'PUT /api/v1/me/notification-settings': plain(
    '/me/notification-settings',
    { paces: { house: 'daily' } },
    { alone: true },
  ),
  'GET /api/v1/stream': {
    objects: objectNames,
    make: async (world, _actor, object) => ({
      path: `${v1}/stream?question=${(await givenTarget(world, object as ObjectName)).questionId}`,
      headers: { accept: 'text/event-stream' },
    }),
  },
  'GET /api/v1/mail/:token': {
    objects: ['ours', 'forged'],
    make: ({ people: known }, _actor, object) => ({ path: `${v1}/mail/${tokenFor(known.member, object)}` }),
  },
  'POST /api/v1/mail/:token': {
    objects: ['ours', 'forged'],
    make: ({ people: known }, _actor, object) => ({
      path: `${v1}/mail/${tokenFor(known.writer, object)}`,
      body: { act: 'weekly' },
    }),
  },
  'POST /mail/:token': {
    objects: ['ours', 'forged'],
    make: ({ people: known }, _actor, object) => ({
      path: `/mail/${tokenFor(known.writer, object)}`,
      body: { 'List-Unsubscribe': 'One-Click' },
    }),
  },
}

function tokenFor({ personId }: TestPerson, object: string): string {
  const token = signMailLink(testSecret, { personId, kind: 'outcomes' })
  return object === 'ours' ? token : `${token.slice(0, -2)}${token.endsWith('AA') ? 'BB' : 'AA'}`
}

const rest: Record<string, Sample> = {
  'GET /api/v1/themes': plain('/themes'),
  'GET /api/v1/regions': plain('/regions'),
  'GET /api/v1/insights/promise': plain('/insights/promise'),
  'GET /api/v1/status': plain('/status'),
}

/** One request for each route that was declared; a route that is not here fails the matrix. */
export const samples: Record<string, Sample> = {
  ...samplesOfPeople,
  ...samplesOfPrivacy,
  ...questions,
  ...moderation,
  ...notifications,
  ...rest,
  ...samplesOfPages,
}
