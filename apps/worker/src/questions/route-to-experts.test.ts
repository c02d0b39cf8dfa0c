import { givenDatabase } from '@meedenk/db/test/database'
import { givenPerson, givenQuestion, givenRegion, givenTheme, recordedEvents } from '@meedenk/db/test/factories'
import { plazaId } from '@meedenk/domain/channels/schemas'
import { describe, expect, it } from 'vitest'
import { givenEvent, givenTools, noticesOf } from '../../test/worker.ts'

const database = await givenDatabase()
const asked = (question: { id: string }) =>
  givenEvent(database, 'question.asked', { subjectId: question.id, questionId: question.id })
const peopleAsked = async (question: { id: string }) =>
  (
    await database.owner.query<{ people_asked: number }>('select people_asked from questions where id = $1', [
      question.id,
    ])
  ).rows[0]?.people_asked

describe('routing a question', () => {
  it('reaches every active member with one of its expertises once, and nobody else', async () => {
    const { react } = givenTools(database)
    const [one, two, other] = [await givenTheme(database), await givenTheme(database), await givenTheme(database)]
    const both = await givenPerson(database, { expertises: [one.id, two.id] })
    const single = await givenPerson(database, { expertises: [two.id] })
    const [stranger, paused] = [
      await givenPerson(database, { expertises: [other.id] }),
      await givenPerson(database, { expertises: [one.id], state: 'paused' }),
    ]
    const asker = await givenPerson(database, { expertises: [one.id] })
    const question = await givenQuestion(database, { author: asker, themes: [one, two] })
    const event = await asked(question)

    await react(event)
    await react(event)

    const because = [one.slug, two.slug].sort().join(' ')
    expect((await noticesOf(database, both)).map((notice) => [notice.kind, notice.because, notice.subject_id])).toEqual(
      [['question_routed', because, question.id]],
    )
    expect(await noticesOf(database, single)).toHaveLength(1)
    for (const nobody of [stranger, paused, asker]) expect(await noticesOf(database, nobody)).toEqual([])
    expect(await peopleAsked(question)).toBe(2)
    expect(await recordedEvents(database, question.id)).toEqual([
      { type: 'question.asked', actor_id: null },
      { type: 'notices.added', actor_id: null },
    ])
  })

  it('does not ask an asker who asked anonymously', async () => {
    const { react } = givenTools(database)
    const theme = await givenTheme(database)
    const asker = await givenPerson(database, { expertises: [theme.id] })
    const expert = await givenPerson(database, { expertises: [theme.id] })
    const question = await givenQuestion(database, { author: asker, anonymous: true, themes: [theme] })

    await react(await asked(question))

    expect(await noticesOf(database, asker)).toEqual([])
    expect(await noticesOf(database, expert)).toHaveLength(1)
  })

  it('stays within the labour market region that was asked for', async () => {
    const { react } = givenTools(database)
    const theme = await givenTheme(database)
    const region = `Regio ${theme.slug}`
    const [here, near, far] = [
      await givenRegion(database, { region }),
      await givenRegion(database, { region }),
      await givenRegion(database),
    ]
    const [neighbour, stranger] = [
      await givenPerson(database, { expertises: [theme.id], regionCode: near.code }),
      await givenPerson(database, { expertises: [theme.id], regionCode: far.code }),
    ]
    const question = await givenQuestion(database, { themes: [theme] })
    await database.owner.query('update questions set only_region = $2 where id = $1', [question.id, here.code])

    await react(await asked(question))

    expect(await noticesOf(database, neighbour)).toHaveLength(1)
    expect(await noticesOf(database, stranger)).toEqual([])
  })

  it('is silent when the question is hidden, or gone', async () => {
    const { react, run } = givenTools(database)
    const theme = await givenTheme(database)
    const expert = await givenPerson(database, { expertises: [theme.id] })
    const question = await givenQuestion(database, { themes: [theme], hiddenAt: new Date() })

    await react(await asked(question))
    await run('route-to-experts', { channelId: plazaId, eventId: crypto.randomUUID(), questionId: crypto.randomUUID() })

    expect(await noticesOf(database, expert)).toEqual([])
  })

  it('gives the mail the moment of everyone’s own pace', async () => {
    const { react, clock } = givenTools(database)
    clock.now = new Date('2026-11-20T09:10:00Z')
    const theme = await givenTheme(database)
    const withPace = async (pace: string | null, until?: string) => {
      const person = await givenPerson(database, { expertises: [theme.id] })
      if (pace)
        await database.owner.query(`insert into pace_settings (person_id, kind, pace) values ($1, 'questions', $2)`, [
          person.personId,
          pace,
        ])
      if (until)
        await database.owner.query('insert into mail_pauses (person_id, until) values ($1, $2)', [
          person.personId,
          until,
        ])
      return person
    }
    const people = [
      await withPace(null),
      await withPace('at_once'),
      await withPace('daily'),
      await withPace('weekly'),
      await withPace('pause'),
      await withPace(null, '2026-12-20T12:00:00Z'),
      await withPace('at_once', '2026-11-01T12:00:00Z'),
    ]

    await react(await asked(await givenQuestion(database, { themes: [theme] })))

    const moments = await Promise.all(
      people.map(async (person) => (await noticesOf(database, person))[0]?.mail_due_at?.toISOString() ?? null),
    )
    expect(moments).toEqual([
      '2026-11-20T10:00:00.000Z',
      '2026-11-20T09:10:00.000Z',
      '2026-11-21T07:30:00.000Z',
      '2026-11-23T07:30:00.000Z',
      null,
      '2026-12-21T07:30:00.000Z',
      '2026-11-20T09:10:00.000Z',
    ])
  })

  it('costs the same for 100 experts among few and among many members', async () => {
    const { react } = givenTools(database)
    const route = async (name: string) => {
      const theme = await givenTheme(database, { name })
      await database.owner.query(
        `insert into person_expertises (theme_id, person_id, level, since) select $1, id, 'much', now() from (select id from people where state = 'active' order by random() limit 100) chosen`,
        [theme.id],
      )
      await database.owner.query('analyze person_expertises')
      const times: number[] = []
      for (let i = 0; i < 8; i++) {
        const event = await asked(await givenQuestion(database, { themes: [theme] }))
        const startedAt = performance.now()
        await react(event)
        times.push(performance.now() - startedAt)
      }
      // The quickest of eight: a busy machine only ever adds.
      return Math.min(...times)
    }
    const addMembers = (count: number) =>
      database.owner.query(
        `with made as (insert into people (handle, name, joined_at) select 'lid-' || gen_random_uuid(), 'Lid', now() from generate_series(1, $1::int) returning id)
         insert into person_expertises (theme_id, person_id, level, since) select $2::uuid, id, 'some', now() from made`,
        [count, crowd.id],
      )
    const crowd = await givenTheme(database)
    await addMembers(2000)
    await database.owner.query('analyze')
    const few = await route('Weinig leden')
    await addMembers(60_000)
    await database.owner.query('analyze')
    const many = await route('Veel leden')

    console.log(`routing to 100 experts: ${few.toFixed(1)} ms among 2,000, ${many.toFixed(1)} ms among 62,000 members`)
    // Cost that grew with the members would be thirty-one times as much.
    expect(many).toBeLessThan(few * 5 + 50)
  })
})
