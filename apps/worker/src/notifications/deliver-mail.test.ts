import { readMailLink } from '@meedenk/actions/notifications/sign-mail-link'
import { signInLinkToken } from '@meedenk/actions/people/sign-in-secrets'
import { seal } from '@meedenk/actions/seal'
import { givenDatabase } from '@meedenk/db/test/database'
import { givenAnswer, givenPerson, givenQuestion, givenTheme, type TestPerson } from '@meedenk/db/test/factories'
import { plazaId } from '@meedenk/domain/channels/schemas'
import { mailDueAt } from '@meedenk/domain/notifications/pace'
import { paces } from '@meedenk/domain/notifications/schemas'
import { describe, expect, it } from 'vitest'
import { openSmtpSink, textOf } from '../../test/smtp-sink.ts'
import { givenEvent, givenTools, noticesOf, testOrigin, testSecret } from '../../test/worker.ts'
import { connectMailer } from '../mailer.ts'

const database = await givenDatabase()
const noon = new Date('2026-11-20T11:10:00Z')
const sent = async (person: TestPerson) =>
  (
    await database.owner.query(
      'select template, sent_at, failed_at, attempts, address from mails where person_id = $1',
      [person.personId],
    )
  ).rows

async function givenRouted(count: number, options: { locale?: string; title?: string; pace?: string } = {}) {
  const given = givenTools(database)
  given.clock.now = noon
  const theme = await givenTheme(database, { name: 'Schulden & geld' })
  const expert = await givenPerson(database, { expertises: [theme.id], name: 'Sam' })
  await database.owner.query('update people set locale = $2 where id = $1', [expert.personId, options.locale ?? 'nl'])
  await database.owner.query(`insert into pace_settings (person_id, kind, pace) values ($1, 'questions', $2)`, [
    expert.personId,
    options.pace ?? 'at_once',
  ])
  const questions = []
  for (let i = 0; i < count; i++)
    questions.push(
      await givenQuestion(database, {
        themes: [theme],
        title: options.title ?? `Hoe doe je dit het best, deel ${i + 1}?`,
      }),
    )
  for (const question of questions) {
    const event = await givenEvent(database, 'question.asked', { subjectId: question.id, questionId: question.id })
    // Only routed: the mail is sent by the test itself.
    await given.run('route-to-experts', { channelId: plazaId, eventId: event.eventId, questionId: question.id })
  }
  const own = () => given.mails.filter(({ to }) => to === expert.email)
  return { ...given, theme, expert, questions, own }
}

describe('mail at one’s own pace', () => {
  it('carries everything that is due in one mail, says so in its subject, and never comes twice', async () => {
    const { run, own, expert, questions } = await givenRouted(2)

    await run('send-due-mail')
    await run('send-due-mail')

    expect(own().map(({ subject }) => subject)).toEqual(['2 vragen waar jij iets van weet'])
    const [mail] = own()
    expect(mail?.text).toContain('Dag Sam,')
    for (const { number, slug } of questions) expect(mail?.text).toContain(`${testOrigin}/vragen/${number}-${slug}`)
    expect(mail?.html).toContain('Schulden &amp; geld')
    expect(await sent(expert)).toMatchObject([{ template: 'notices', attempts: 1 }])
  })

  it('shows three questions and counts the rest, in the reader’s language', async () => {
    const { run, own } = await givenRouted(5, { locale: 'en' })

    await run('send-due-mail')

    expect(own()[0]?.subject).toBe('5 questions you know something about')
    expect(own()[0]?.text.match(/Think along: /g)).toHaveLength(3)
    expect(own()[0]?.text).toContain('2 more questions wait in your inbox.')
    expect(own()[0]?.text).toContain(`${testOrigin}/en/questions/`)
  })

  it('waits for the moment of the pace', async () => {
    const { run, own, clock } = await givenRouted(1, { pace: 'bundled' })

    await run('send-due-mail')
    expect(own()).toEqual([])
    clock.now = new Date('2026-11-20T12:00:00Z')
    await run('send-due-mail')

    expect(own().map(({ subject }) => subject)).toEqual(['Waar jij iets van weet: Hoe doe je dit het best, deel 1?'])
  })

  it('leaves out what was hidden, closed, handled or answered meanwhile, and is not sent when nothing is left', async () => {
    const { run, own, expert, questions } = await givenRouted(4)
    const [hidden, closed, answered, kept] = questions
    await database.owner.query('update questions set hidden_at = now() where id = $1', [hidden?.id])
    await database.owner.query('update questions set closed_at = now() where id = $1', [closed?.id])
    await givenAnswer(database, answered?.id ?? '', { author: expert, anonymous: true })
    const alone = await givenRouted(1)

    await run('send-due-mail')
    await (await import('./send-due-mail.ts')).sendDueMail.handle(alone.tools, { channelId: plazaId })
    await database.owner.query('update questions set withdrawn_at = now() where id = $1', [alone.questions[0]?.id])
    await alone.drain()

    expect(own()[0]?.text).toContain(`/vragen/${kept?.number}-`)
    expect(own()[0]?.text.match(/Denk mee: /g)).toHaveLength(1)
    expect(alone.own()).toEqual([])
    expect(await sent(alone.expert)).toMatchObject([{ attempts: 1 }])
  })

  it('is not sent for what was done in the inbox, or when the person stopped it or paused', async () => {
    const [done, stopped, paused] = [await givenRouted(1), await givenRouted(1), await givenRouted(1)]
    await database.owner.query(`update notices set state = 'done' where person_id = $1`, [done.expert.personId])
    await database.owner.query(`update pace_settings set pace = 'pause' where person_id = $1`, [
      stopped.expert.personId,
    ])
    await database.owner.query(`insert into mail_pauses (person_id, until) values ($1, $2)`, [
      paused.expert.personId,
      new Date(noon.getTime() + 86_400_000),
    ])

    await paused.run('send-due-mail')
    expect(paused.mails.filter(({ to }) => [done, stopped, paused].some(({ expert }) => expert.email === to))).toEqual(
      [],
    )

    paused.clock.now = new Date(noon.getTime() + 2 * 86_400_000)
    await paused.run('send-due-mail')
    expect(paused.own()).toHaveLength(1)
  })

  it('offers a stop without signing in, by one click of the mail program too', async () => {
    const { run, own, expert } = await givenRouted(1)

    await run('send-due-mail')

    const headers = own()[0]?.headers ?? {}
    const [, url = ''] = /^<(.*)>$/.exec(headers['List-Unsubscribe'] ?? '') ?? []
    expect(headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click')
    expect(url.startsWith(`${testOrigin}/mail/`)).toBe(true)
    expect(readMailLink(testSecret, url.split('/').at(-1) ?? '')).toEqual({
      personId: expert.personId,
      kind: 'questions',
    })
    expect(readMailLink('another secret, also long enough to be one', url.split('/').at(-1) ?? '')).toBeNull()
    expect(own()[0]?.text).toContain(`Stop: ${url}?act=stop`)
  })

  it('shows what people wrote as text', async () => {
    const { run, own } = await givenRouted(1, { title: '<script>alert(1)</script> & "hoe nu"?' })

    await run('send-due-mail')

    expect(own()[0]?.html).not.toContain('<script>')
    expect(own()[0]?.html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  })
})

describe('the sign-in mail', () => {
  it('goes to the address that asked, with code and link, and then forgets the address', async () => {
    const { react, mails } = givenTools(database)
    const attemptId = crypto.randomUUID()
    await database.owner.query(
      `insert into sign_in_attempts (id, email, code_hash, link_hash, code_sealed, browser_hash, locale, created_at, expires_at)
       values ($1, 'nieuw@voorbeeld.test', '\\x00', $2, $3, '\\x00', 'nl', now(), now() + interval '10 minutes')`,
      [attemptId, Buffer.from(attemptId), seal(testSecret, '123456')],
    )

    const event = await givenEvent(database, 'sign_in.requested', { subjectId: attemptId })
    await react(event)
    await react(event)

    expect(mails.map(({ to }) => to)).toEqual(['nieuw@voorbeeld.test'])
    expect(mails[0]?.text).toContain('123456')
    expect(mails[0]?.subject).not.toContain('123456')
    expect(mails[0]?.text).toContain(`${testOrigin}/l/${signInLinkToken(testSecret, attemptId)}`)
    expect(mails[0]?.headers['List-Unsubscribe']).toBeUndefined()
    const { rows } = await database.owner.query('select address, sent_at from mails where subject_id = $1', [attemptId])
    expect(rows).toMatchObject([{ address: null }])
    expect(rows[0].sent_at).not.toBeNull()
  })

  it('is not sent for an attempt that is gone, used or expired', async () => {
    const { react, mails } = givenTools(database)

    await react(await givenEvent(database, 'sign_in.requested', { subjectId: crypto.randomUUID() }))

    expect(mails).toEqual([])
  })
})

describe('a mail server', () => {
  it('gets a mail with a Message-ID of its own, in both text and HTML', async () => {
    const sink = await openSmtpSink()
    const { tools, run, expert } = await givenRouted(1)
    const mailer = connectMailer({ url: sink.url, from: 'Meedenk <post@meedenk.test>' })
    tools.mailer = mailer

    await run('send-due-mail')
    mailer.close()
    await sink.close()

    const mail = sink.mails.find(({ to }) => to.includes(expert.email))
    const { rows } = await database.owner.query('select id from mails where person_id = $1', [expert.personId])
    expect(mail?.raw).toMatch(new RegExp(`^Message-ID: <${rows[0].id}@localhost>`, 'm'))
    expect(mail?.raw).toContain('multipart/alternative')
    expect(mail && textOf(mail)).toContain('Denk mee: ')
  })

  it('that is away gets the mail when it is back; one that refuses for good marks the account', async () => {
    const away = await givenRouted(1)
    const fails = connectMailer({ url: 'smtp://127.0.0.1:1', from: 'post@meedenk.test' })
    const working = away.tools.mailer
    away.tools.mailer = fails
    await expect(away.run('send-due-mail')).rejects.toThrow()
    expect(await sent(away.expert)).toMatchObject([{ sent_at: null, failed_at: null, attempts: 1 }])
    fails.close()
    away.tools.mailer = working
    const { rows } = await database.owner.query('select id from mails where person_id = $1', [away.expert.personId])
    await away.run('deliver-mail', { channelId: plazaId, mailId: rows[0].id })
    expect(away.own()).toHaveLength(1)

    const sink = await openSmtpSink({ refuse: () => 550 })
    const refused = await givenRouted(1)
    refused.tools.mailer = connectMailer({ url: sink.url, from: 'post@meedenk.test' })
    await refused.run('send-due-mail')
    refused.tools.mailer.close()
    await sink.close()

    expect((await sent(refused.expert))[0].failed_at).not.toBeNull()
    const { rows: accounts } = await database.owner.query('select bounced_at from accounts where person_id = $1', [
      refused.expert.personId,
    ])
    expect(accounts[0].bounced_at).not.toBeNull()
    expect((await noticesOf(database, refused.expert))[0]?.state).toBe('new')
  })
})

describe('the moment of mail in PostgreSQL', () => {
  it('is the same as in the domain, at every hour and around every change of the clock', async () => {
    const moments: string[] = []
    for (let at = Date.UTC(2026, 2, 20); at < Date.UTC(2026, 3, 5); at += 1_711_000)
      moments.push(new Date(at).toISOString())
    for (let at = Date.UTC(2026, 9, 20); at < Date.UTC(2026, 10, 3); at += 1_711_000)
      moments.push(new Date(at).toISOString())
    for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2028, 0, 1); at += 100_003_000)
      moments.push(new Date(at).toISOString())
    for (const edge of ['06:59:59.999', '07:00:00.000', '07:29:59.999', '07:30:00.000', '16:59:59.999', '17:00:00.000'])
      moments.push(`2026-11-23T${edge}Z`)

    const { rows } = await database.owner.query<{ pace: string; at: Date; due: Date | null }>(
      'select pace, at, ctx.mail_due(pace, at) as due from unnest($1::timestamptz[]) at, unnest($2::text[]) pace',
      [moments, paces],
    )

    expect(rows.length).toBe(moments.length * paces.length)
    for (const { pace, at, due } of rows) {
      const expected = mailDueAt(pace as (typeof paces)[number], at)
      if (expected?.getTime() !== due?.getTime()) expect([pace, at, due]).toEqual([pace, at, expected])
    }
  })
})
