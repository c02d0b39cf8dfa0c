import { readQuestion } from '@meedenk/actions/questions/read-question'
import { dataClasses } from '@meedenk/db/classes'
import { givenDatabase } from '@meedenk/db/test/database'
import { givenPerson } from '@meedenk/db/test/factories'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  type Contributions,
  canary,
  findEverywhere,
  givenCanary,
  givenStopped,
  referencesToPeople,
} from '../../test/canary.ts'
import { givenTools } from '../../test/worker.ts'
import { carryOutDepartures } from './carry-out-departures.ts'

const database = await givenDatabase()
const { owner } = database
const { tools, context, mails } = givenTools(database)
const carryOut = () => carryOutDepartures(tools, context('carry-out-departures'))
const authorOf = async (table: string, id: string) =>
  (
    await owner.query(
      `select x.author_id, p.name, p.state from ${table} x left join people p on p.id = x.author_id where x.id = $1`,
      [id],
    )
  ).rows[0]

async function leave(contributions: Contributions) {
  const left = await givenCanary(database)
  await givenStopped(database, left.person.personId, contributions)
  return left
}

describe('a person who erases what can be erased', () => {
  let left: Awaited<ReturnType<typeof leave>>
  let before: string[]
  let counted: { thanks: number; meToos: number }
  const countsOf = async () => ({
    thanks: (await owner.query('select thanks_count from answers where id = $1', [left.ofOther.id])).rows[0]
      .thanks_count,
    meToos: (await owner.query('select me_too_count from questions where id = $1', [left.theirs[1].id])).rows[0]
      .me_too_count,
  })
  beforeAll(async () => {
    left = await leave('erase')
    before = await findEverywhere(database, canary)
    counted = await countsOf()
    for (const { table, column } of await referencesToPeople(database)) {
      const { rowCount } = await owner.query(`select 1 from ${table} where ${column} = $1`, [left.person.personId])
      expect(rowCount, `${table}.${column} holds this person before`).toBeGreaterThan(0)
    }
    expect(await carryOut()).toBe(1)
  })

  it('stood in every table that holds personal text, or this test proves nothing', () => {
    // Tables of which the personal columns are references, moments and choices only.
    const wordless = [
      'channel_members',
      'themes',
      'person_expertises',
      'person_interests',
      'sessions',
      'refresh_tokens',
      'saved_questions',
      'question_themes',
      'yield_reminders',
      'thanks',
      'me_toos',
      'sealed_authors',
      'seal_openings',
      'pace_settings',
      'mail_pauses',
      'departures',
      'moderation_decisions',
      'events',
      'throttles',
    ]
    const tables = Object.entries(dataClasses)
      .filter(([, { personal }]) => personal !== undefined)
      .map(([name]) => name)
    const seen = new Set(before.map((place) => place.split('.')[0]))

    expect(tables.filter((name) => !seen.has(name) && !wordless.includes(name))).toEqual([])
  })

  it('is found nowhere: not in tables, search rows, mail, queues or seals', async () => {
    expect(await findEverywhere(database, canary)).toEqual([])
    expect(await findEverywhere(database, left.person.email)).toEqual([])
    const { rowCount } = await owner.query(`select 1 from questions where search @@ to_tsquery('dutch', $1)`, [canary])
    expect(rowCount).toBe(0)
  })

  it('stays in the audit trail as an id that leads nowhere', async () => {
    expect(await findEverywhere(database, left.person.personId)).toEqual(['events.actor_id', 'events.subject_id'])
  })

  it('leaves what others built on, under a stand-in for each conversation', async () => {
    const kept = [
      await authorOf('questions', left.own.kept.id),
      await authorOf('answers', left.answers.builtOn.id),
      await authorOf('answers', left.answers.helped.id),
    ]

    expect(new Set(kept.map((post) => post.author_id)).size).toBe(3)
    expect(kept.map(({ name, state }) => `${name} ${state}`)).toEqual(Array(3).fill('Verwijderde deelnemer 1 stopped'))
    expect(await authorOf('questions', left.own.sealedKept.id)).toMatchObject({ author_id: null })
  })

  it('leads to no profile from the name of a stand-in', async () => {
    const read = await readQuestion(database.api, left.own.kept.id)

    expect(JSON.parse(read?.json ?? '{}').author).toMatchObject({ name: 'Verwijderde deelnemer 1', handle: null })
  })

  it('takes along what nobody built on, with its notices, and counts again', async () => {
    const ids = [left.own.alone.id, left.own.sealedAlone.id, left.closed, left.answers.leaf.id, left.answers.sealed.id]
    const { rows } = await owner.query(
      'select id from questions where id = any ($1::uuid[]) union all select id from answers where id = any ($1::uuid[]) union all select id from notices where subject_id = any ($1::uuid[])',
      [ids],
    )
    const counts = await owner.query('select answer_count from questions where id = $1', [left.theirs[0].id])

    expect(rows).toEqual([])
    expect(counts.rows[0].answer_count).toBe(2)
  })

  it('keeps the numbers of thanks and of “me too”', async () => {
    expect(counted).toEqual({ thanks: 1, meToos: 1 })
    expect(await countsOf()).toEqual(counted)
  })

  it('gets one last mail at an address that is kept nowhere', async () => {
    expect(mails.filter(({ to }) => to === left.person.email).map(({ subject }) => subject)).toEqual([
      'Je account bij Meedenk is gewist',
    ])
    expect(await carryOut()).toBe(0)
  })
})

describe('a person whose words stay', () => {
  it('without a name loses the name and everything of the person, in every conversation apart', async () => {
    const left = await leave('without_name')
    await carryOut()

    const posts = [
      await authorOf('questions', left.own.alone.id),
      await authorOf('answers', left.answers.leaf.id),
      await authorOf('answers', left.answers.builtOn.id),
    ]
    expect(posts[1]?.author_id).toBe(posts[2]?.author_id)
    expect(posts[0]?.author_id).not.toBe(posts[1]?.author_id)
    expect(posts.every(({ name }) => name.startsWith('Verwijderde deelnemer'))).toBe(true)
    expect(await findEverywhere(database, left.person.email)).toEqual([])
    expect(await findEverywhere(database, left.person.personId)).toEqual(['events.actor_id', 'events.subject_id'])
  })

  it('tells two who left apart in one conversation', async () => {
    const [one, two] = [await leave('without_name'), await leave('without_name')]
    await owner.query('update answers set question_id = $1 where id = $2', [one.theirs[0].id, two.answers.helped.id])
    await carryOut()

    const names = [await authorOf('answers', one.answers.builtOn.id), await authorOf('answers', two.answers.helped.id)]
    expect(names.map(({ name }) => name).toSorted()).toEqual(['Verwijderde deelnemer 1', 'Verwijderde deelnemer 2'])
  })

  it('with a name keeps nothing but that name', async () => {
    const left = await leave('with_name')
    await owner.query(`update people set name = 'Sanne de Vries' where id = $1`, [left.person.personId])
    await carryOut()

    const question = await authorOf('questions', left.own.alone.id)
    const answer = await authorOf('answers', left.answers.builtOn.id)
    expect(question).toEqual(answer)
    expect(question).toMatchObject({ name: 'Sanne de Vries', state: 'stopped' })
    const { rows } = await owner.query('select * from people where id = $1', [question.author_id])
    const shown = {
      job_title: null,
      organisation: null,
      about: null,
      portrait: null,
      region_code: null,
      profile_visibility: 'nobody',
    }
    expect(rows[0]).toMatchObject(shown)
    expect(await findEverywhere(database, left.person.email)).toEqual([])
    expect(await findEverywhere(database, left.person.personId)).toEqual(['events.actor_id', 'events.subject_id'])
    // What was anonymous stays so, and can no longer be opened.
    expect(await authorOf('answers', left.answers.sealed.id)).toMatchObject({ author_id: null })
  })
})

it('leaves alone who came back, or whose two weeks are not over', async () => {
  const [back, early] = [await givenPerson(database), await givenPerson(database)]
  await givenStopped(database, back.personId, 'erase')
  await givenStopped(database, early.personId, 'erase')
  await owner.query(`update people set state = 'active' where id = $1`, [back.personId])
  await owner.query(`update departures set due_at = now() + interval '1 hour' where person_id = $1`, [early.personId])

  expect(await carryOut()).toBe(0)
  const { rowCount } = await owner.query('select 1 from accounts where person_id = any ($1::uuid[])', [
    [back.personId, early.personId],
  ])
  expect(rowCount).toBe(2)
})
