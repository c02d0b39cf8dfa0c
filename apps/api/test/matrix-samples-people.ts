import { randomUUID } from 'node:crypto'
import { givenSession } from './matrix-objects.ts'
import { first, type Own, own, plain, type Sample, text, v1 } from './matrix-sample.ts'
import type { ActorName } from './matrix-world.ts'

const door: readonly ActorName[] = ['visitor', 'member', 'paused', 'moderator', 'expired']

/** Requests of the room people. Where only a proof would succeed, matrix-flows.ts gives it. */
export const samplesOfPeople: Record<string, Sample> = {
  'POST /api/v1/sign-in/attempts': {
    actors: door,
    make: () => ({ path: `${v1}/sign-in/attempts`, body: { email: `new-${randomUUID()}@voorbeeld.test` } }),
  },
  'POST /api/v1/sign-in/attempts/:attemptId/code': plain(
    `/sign-in/attempts/${randomUUID()}/code`,
    { code: '123456' },
    { actors: door },
  ),
  'POST /api/v1/sign-in/links': plain('/sign-in/links', { token: 'x'.repeat(43) }, { actors: door }),
  'POST /api/v1/sign-in/passkey-options': plain('/sign-in/passkey-options', undefined, { actors: door }),
  'POST /api/v1/sign-in/passkey': plain(
    '/sign-in/passkey',
    { challengeId: randomUUID(), response: { id: 'x', type: 'public-key' } },
    { actors: door },
  ),
  'POST /api/v1/sign-in/password': plain(
    '/sign-in/password',
    { email: 'nobody@voorbeeld.test', password: 'wrong' },
    { actors: ['visitor', 'member'] },
  ),
  'GET /api/v1/session': plain('/session'),
  'POST /api/v1/session/refresh': plain('/session/refresh', undefined, { actors: door, alone: true }),
  'POST /api/v1/session/passkey-options': plain('/session/passkey-options'),
  'POST /api/v1/session/step-up': plain('/session/step-up', { method: 'totp', code: '123456' }, { alone: true }),
  'DELETE /api/v1/session': plain('/session', undefined, { alone: true }),
  'GET /api/v1/sessions': plain('/sessions'),
  'DELETE /api/v1/sessions/:id': {
    objects: own,
    make: async (world, actor, object) => ({
      path: `${v1}/sessions/${await givenSession(world, actor, object as Own)}`,
    }),
  },
  'DELETE /api/v1/sessions': plain('/sessions', undefined, { alone: true }),
  'GET /api/v1/me/passkeys': plain('/me/passkeys'),
  'POST /api/v1/me/passkeys/options': plain('/me/passkeys/options', undefined, { alone: true }),
  'POST /api/v1/me/passkeys': plain(
    '/me/passkeys',
    { challengeId: randomUUID(), response: { id: 'x', type: 'public-key' } },
    { alone: true },
  ),
  'DELETE /api/v1/me/passkeys/:id': plain('/me/passkeys/KAN-minemember', undefined, { alone: true }),
  'PUT /api/v1/me/password': plain('/me/password', { password: 'short' }, { alone: true }),
  'DELETE /api/v1/me/password': plain('/me/password', undefined, { alone: true }),
  'POST /api/v1/me/totp': plain('/me/totp', undefined, { alone: true }),
  'POST /api/v1/me/totp/confirmation': plain('/me/totp/confirmation', { code: '123456' }, { alone: true }),
  'DELETE /api/v1/me/totp': plain('/me/totp', undefined, { alone: true }),
  'POST /api/v1/me/recovery-codes': plain('/me/recovery-codes', undefined, { alone: true }),
  'GET /api/v1/me': plain('/me'),
  'PATCH /api/v1/me': { alone: true, make: () => ({ path: `${v1}/me`, body: { about: text }, headers: first }) },
  'PUT /api/v1/me/expertises': {
    alone: true,
    make: ({ themeId }) => ({
      path: `${v1}/me/expertises`,
      body: { expertises: [{ themeId, level: 'some' }], interests: [] },
    }),
  },
  'PUT /api/v1/me/onboarding': plain('/me/onboarding', { regionCode: null, done: true }, { alone: true }),
  'GET /api/v1/people': plain('/people?limit=50'),
  'GET /api/v1/people/:handle': {
    objects: ['asker', 'sealer', 'stopped', 'none'],
    make: ({ people: known, sealer }, _actor, object) => {
      const handles: Record<string, string> = {
        asker: known.asker.handle,
        sealer: sealer.handle,
        stopped: known.stopped.handle,
      }
      return { path: `${v1}/people/${handles[object] ?? 'nobody-at-all'}` }
    },
  },
  'POST /api/v1/me/email/confirmations': {
    alone: true,
    make: () => ({ path: `${v1}/me/email/confirmations`, body: { email: `moved-${randomUUID()}@voorbeeld.test` } }),
  },
  'PUT /api/v1/me/email': plain('/me/email', { confirmationId: randomUUID(), code: '123456' }, { alone: true }),
  'POST /api/v1/email-changes/undo': plain('/email-changes/undo', { token: 'x'.repeat(43) }, { actors: door }),
  'GET /api/v1/drafts/:key': {
    make: async ({ database }, actor) => {
      const { rows } = await database.owner.query('select key from drafts where content like $1', [
        `%KAN-mine${actor}-%`,
      ])
      return { path: `${v1}/drafts/${rows[0]?.key ?? `answer-${randomUUID()}`}` }
    },
  },
  'PUT /api/v1/drafts/:key': plain('/drafts/ask', { content: { title: text } }),
  'DELETE /api/v1/drafts/:key': plain('/drafts/ask'),
}
