import { randomUUID } from 'node:crypto'
import { plazaId } from '@meedenk/domain/channels/schemas'
import type { Put, World } from './walls-world.ts'

/** When everything in the world of the walls happened. */
export const at = '2026-03-02T10:00:00Z'

/** What belongs to one person: account, factors, choices. */
export async function putPersonal(put: Put, name: 'anna' | 'bram', ids: World['ids'], questions: World['questions']) {
  const person_id = ids[name]
  const bytes = () => Buffer.from(randomUUID())
  await put('accounts', name, { person_id, email: `${name}-${randomUUID()}@voorbeeld.test`, confirmed_at: at })
  await put('person_expertises', name, { theme_id: ids.theme, person_id, level: 'much', since: at })
  await put('person_interests', name, { theme_id: ids.theme, person_id, since: at })
  const session = await put('sessions', name, {
    person_id,
    revoked_at: at,
    device: 'KAN',
    level: 1,
    methods: ['mail'],
    started_at: at,
    last_used_at: at,
    proven_at: at,
    expires_at: at,
  })
  await put('refresh_tokens', name, { hash: bytes(), session_id: session['id'], issued_at: at })
  await put('passkeys', name, {
    id: randomUUID(),
    person_id,
    public_key: bytes(),
    counter: 0,
    transports: [],
    label: 'KAN',
    created_at: at,
  })
  await put('passkey_challenges', name, { challenge: 'KAN', purpose: 'add', person_id, expires_at: at })
  await put('passwords', name, { person_id, hash: 'KAN', set_at: at })
  await put('totp_secrets', name, { person_id, secret_sealed: bytes() })
  await put('recovery_codes', name, { person_id, hash: bytes() })
  await put('confirmations', name, {
    person_id,
    purpose: 'stop',
    email: 'kan@voorbeeld.test',
    code_hash: bytes(),
    code_sealed: bytes(),
    created_at: at,
    expires_at: at,
  })
  await put('email_moves', name, {
    person_id,
    old_email: 'kan-old@voorbeeld.test',
    new_email: 'kan@voorbeeld.test',
    moved_at: at,
    undo_until: at,
  })
  await put('exports', name, { person_id, requested_at: at, expires_at: at })
  await put('drafts', name, { person_id, key: 'ask', content: 'KAN', saved_at: at })
  await put('idempotency_keys', name, { person_id, key: `KAN-${name}`, request_hash: bytes(), created_at: at })
  await put('pace_settings', name, { person_id, kind: 'answers', pace: 'daily' })
  await put('mail_pauses', name, { person_id, until: at })
  await put('mails', name, { person_id, template: 'notices', subject_id: questions.open, queued_at: at })
  await put('events', name, {
    type: 'session.started',
    channel_id: plazaId,
    actor_id: person_id,
    subject_id: person_id,
    happened_at: at,
  })
}

/** A decision Anna was told of, and an open report. */
export async function putModeration(put: Put, { anna, mo }: World['ids'], { open }: World['questions']) {
  const about = { channel_id: plazaId, subject_kind: 'question', subject_id: open }
  const report = { ...about, reason: 'recognisable', explanation: 'KAN', reported_at: at, due_at: at }
  const decision = {
    ...about,
    decision: 'keep',
    reason: 'KAN-decided',
    decided_by: mo,
    decided_at: '2026-03-01T10:00:00Z',
  }
  const decided = String((await put('moderation_decisions', 'open', decision))['id'])
  const told = {
    person_id: anna,
    kind: 'post_decided',
    channel_id: plazaId,
    subject_id: open,
    because: decided,
    added_at: at,
  }
  await put('notices', 'decisionToanna', told)
  return { decision: decided, report: String((await put('reports', 'openByVisitor', report))['id']) }
}

/** What Lena leaves behind, and that Paul is leaving too. */
async function putLeaving(put: Put, { lena, paul }: World['ids'], { open }: World['questions']) {
  const going = { contributions: 'erase', state_before: 'active', requested_at: at, due_at: at }
  await put('departures', 'lena', { person_id: lena, ...going })
  await put('departures', 'paul', { person_id: paul, ...going })
  await put('drafts', 'lena', { person_id: lena, key: 'ask', content: 'KAN', saved_at: at })
  await put('saved_questions', 'lena', { person_id: lena, channel_id: plazaId, question_id: open, saved_at: at })
  await put('passwords', 'lena', { person_id: lena, hash: 'KAN', set_at: at })
  await put('totp_secrets', 'lena', { person_id: lena, secret_sealed: Buffer.from('a') })
  const key = { public_key: Buffer.from('a'), counter: 0, transports: [], label: 'KAN', created_at: at }
  await put('passkeys', 'lena', { id: randomUUID(), person_id: lena, ...key })
  const about = { channel_id: plazaId, subject_kind: 'question', subject_id: open }
  await put('moderation_decisions', 'byLena', {
    ...about,
    decision: 'keep',
    reason: 'KAN',
    decided_by: lena,
    decided_at: at,
  })
  await put('reports', 'openByLena', {
    ...about,
    reason: 'unsafe',
    explanation: 'KAN',
    reporter_id: lena,
    reported_at: at,
    due_at: at,
  })
  const nobody = { state: 'stopped', profile_visibility: 'nobody', joined_at: at }
  await put('people', 'standIn', { handle: `gone-${randomUUID().slice(0, 8)}`, name: 'KAN', ...nobody })
}

/** Bookkeeping of the house itself. */
export async function putHouse(put: Put, ids: World['ids'], questions: World['questions']) {
  await putLeaving(put, ids, questions)
  await put('events', 'signal', { type: 'notices.added', channel_id: plazaId, happened_at: at })
  await put('cursors', 'relay', { name: 'KAN', xid: '1', id: questions.open })
  await put('processed_jobs', 'job', { event_id: questions.open, job: 'KAN', processed_at: at })
  await put('rounds', 'round', { name: 'KAN', last_run_at: at })
  await put('throttles', 'throttle', { key: 'KAN', hits: 1, resets_at: at })
  await put('sign_in_attempts', 'attempt', {
    email: 'kan@voorbeeld.test',
    code_hash: Buffer.from('a'),
    link_hash: Buffer.from(ids.anna),
    code_sealed: Buffer.from('c'),
    browser_hash: Buffer.from('d'),
    locale: 'nl',
    created_at: at,
    expires_at: at,
  })
}
