import { randomUUID } from 'node:crypto'
import type { Tx } from '@meedenk/db/connection'
import { actAs, atTheDoor, readPublic } from '@meedenk/db/tenancy'
import { visitor } from '@meedenk/domain/actor'
import { plazaId } from '@meedenk/domain/channels/schemas'
import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { givenDatabase } from './database.ts'
import { givenAnswer, givenChannel, givenPerson, givenQuestion } from './factories.ts'
import { closedCanary, givenWorld } from './walls-world.ts'

const database = await givenDatabase()
const { api, worker, owner } = database

const jobIn = (channelId: string) => ({ kind: 'system', job: 'test', channelId }) as const
/** The code PostgreSQL refuses with; undefined when it does not refuse. */
const refusal = (work: Promise<unknown>): Promise<string | undefined> =>
  work.then(
    () => undefined,
    (error) => error.cause?.code ?? error.code,
  )
const count = async (tx: Tx, table: string): Promise<number> => {
  const { rows } = await tx.execute<{ n: number }>(sql.raw(`select count(*)::int as n from ${table}`))
  return rows[0]?.n ?? -1
}

/** A question of Anna with its answer, in a closed channel of which only Anna is a member. */
async function givenClosedQuestion() {
  const anna = await givenPerson(database)
  const channel = await givenChannel(database, [anna])
  const id = randomUUID()
  await owner.query(
    `insert into questions (channel_id, id, slug, kind, title, body, author_id, asked_at, last_activity_at)
     values ($1, $2, 'KAN-closed', 'think_along', 'KAN-closed-title', 'KAN-closed-body', $3, now(), now())`,
    [channel.id, id, anna.personId],
  )
  return { anna, channel, id }
}

describe('without a context', () => {
  it('nothing of a closed channel is seen', async () => {
    const { id } = await givenClosedQuestion()

    const rows = await readPublic(api, { name: 'closed', text: 'select id from questions where id = $1' }, [id])

    expect(rows).toEqual([])
  })

  it('the worker sees nothing of questions', async () => {
    await givenQuestion(database)

    const { rows } = await worker.pool.query('select count(*)::int as n from questions')

    expect(rows).toEqual([{ n: 0 }])
  })
})

describe('a member of another channel', () => {
  it('finds no trace of a closed question in any table', async () => {
    const client = await owner.connect()
    const world = await givenWorld(client)
    client.release()
    const bram = await givenPerson(database)
    await givenChannel(database, [bram])
    const { rows: tables } = await owner.query<{ name: string }>(
      `select c.oid::regclass::text as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v') and has_any_column_privilege('meedenk_api', c.oid, 'select')`,
    )

    const leaks = await actAs(api, bram, async (tx) => {
      const found: string[] = []
      for (const { name } of tables) {
        const readable = await tx.execute<{ columns: string | null }>(
          sql`select string_agg(quote_ident(attname), ', ') as columns from pg_attribute
              where attrelid = ${name}::regclass and attnum > 0 and not attisdropped and has_column_privilege(attrelid, attnum, 'select')`,
        )
        const text = await tx.execute<{ n: number }>(
          sql.raw(
            `select count(*)::int as n from (select ${readable.rows[0]?.columns} from ${name}) x where x::text like '%${closedCanary}%' or x::text like '%${world.ids.channelA}%'`,
          ),
        )
        if (text.rows[0]?.n) found.push(name)
      }
      return found
    })

    expect(tables.length).toBeGreaterThan(30)
    expect(leaks).toEqual([])
  })

  it('cannot tie a row to a closed question, also when its id is known', async () => {
    const { id, channel } = await givenClosedQuestion()
    const bram = await givenPerson(database)
    const meToo = (channelId: string) =>
      actAs(api, bram, (tx) =>
        tx.execute(
          sql`insert into me_toos (channel_id, question_id, person_id, said_at) values (${channelId}, ${id}, ${bram.personId}, now())`,
        ),
      )

    expect(await refusal(meToo(plazaId))).toBe('23503')
    expect(await refusal(meToo(channel.id))).toBe('42501')
  })

  it('cannot make themselves a member', async () => {
    const { channel } = await givenClosedQuestion()
    const bram = await givenPerson(database)

    const joins = actAs(api, bram, (tx) =>
      tx.execute(
        sql`insert into channel_members (channel_id, person_id, role, joined_at) values (${channel.id}, ${bram.personId}, 'owner', now())`,
      ),
    )

    expect(await refusal(joins)).toBe('42501')
  })
})

describe('the context', () => {
  it('ends with the transaction, on the same connection', async () => {
    const anna = await givenPerson(database)
    const client = await api.pool.connect()
    try {
      await client.query('begin')
      await client.query('select ctx.enter($1, null, null)', [anna.personId])
      const during = await client.query('select ctx.person_id() as id')
      await client.query('commit')
      const after = await client.query('select ctx.person_id() as id')

      expect(during.rows[0].id).toBe(anna.personId)
      expect(after.rows[0].id).toBeNull()
    } finally {
      client.release()
    }
  })

  it('ends when the work fails', async () => {
    const anna = await givenPerson(database)

    await expect(actAs(api, anna, () => Promise.reject(new Error('stop')))).rejects.toThrow('stop')

    for (let i = 0; i < 6; i++) {
      const [row] = await readPublic<{ id: string | null }>(
        api,
        { name: 'who', text: 'select ctx.person_id() as id' },
        [],
      )
      expect(row?.id).toBeNull()
    }
  })

  it('of thirty people at once on five connections is never another’s', async () => {
    const people = await Promise.all(Array.from({ length: 30 }, () => givenPerson(database)))

    const seen = await Promise.all(
      people.map((person) =>
        actAs(api, person, async (tx) => {
          await tx.execute(sql`select pg_sleep(0.005)`)
          const { rows } = await tx.execute<{ id: string }>(sql`select person_id as id from accounts`)
          return rows.map(({ id }) => id)
        }),
      ),
    )

    expect(seen).toEqual(people.map(({ personId }) => [personId]))
  })
})

describe('what a person may change', () => {
  it('holds no row of another: the change finds nothing', async () => {
    const [anna, bram] = [await givenPerson(database), await givenPerson(database)]
    const question = await givenQuestion(database, { author: anna })
    await owner.query(`insert into drafts (person_id, key, content, saved_at) values ($1, 'ask', 'mine', now())`, [
      anna.personId,
    ])

    const changed = await actAs(api, bram, async (tx) => [
      (await tx.execute(sql`update questions set title = 'taken' where id = ${question.id}`)).rowCount,
      (await tx.execute(sql`update people set about = 'taken' where id = ${anna.personId}`)).rowCount,
      (await tx.execute(sql`update drafts set content = 'taken' where person_id = ${anna.personId}`)).rowCount,
      (await tx.execute(sql`delete from drafts where person_id = ${anna.personId}`)).rowCount,
    ])

    expect(changed).toEqual([0, 0, 0, 0])
  })

  it('holds no rights: role, state and counts are not theirs to write', async () => {
    const anna = await givenPerson(database)
    const question = await givenQuestion(database, { author: anna })
    const attempts = [
      sql`update people set platform_role = 'admin' where id = ${anna.personId}`,
      sql`update people set state = 'active' where id = ${anna.personId}`,
      sql`update questions set answer_count = 9 where id = ${question.id}`,
      sql`update questions set channel_id = ${randomUUID()} where id = ${question.id}`,
      sql`insert into people (handle, name, platform_role, joined_at) values ('x', 'x', 'admin', now())`,
      sql`insert into notices (person_id, kind, channel_id, subject_id, added_at) values (${anna.personId}, 'x', ${plazaId}, ${randomUUID()}, now())`,
      sql`update channels set name = 'x'`,
      sql`update themes set guardian_id = ${anna.personId}`,
    ]

    const refusals = []
    for (const attempt of attempts) refusals.push(await refusal(actAs(api, anna, (tx) => tx.execute(attempt))))

    expect(refusals).toEqual(attempts.map(() => '42501'))
  })

  it('holds no name but their own: nobody writes as another or claims a named post', async () => {
    const [anna, bram] = [await givenPerson(database), await givenPerson(database)]
    const question = await givenQuestion(database, { author: anna })
    const answer = await givenAnswer(database, question.id, { author: anna })
    const claim = (subject: string, person = bram.personId) =>
      sql`insert into sealed_authors (channel_id, subject_id, person_id) values (${plazaId}, ${subject}, ${person})`
    const attempts = [
      sql`insert into answers (channel_id, question_id, author_id, perspective, body, posted_at) values (${plazaId}, ${question.id}, ${anna.personId}, 'practice', 'x', now())`,
      sql`insert into events (type, channel_id, actor_id, happened_at) values ('question.asked', ${plazaId}, ${anna.personId}, now())`,
      claim(question.id),
      claim(answer.id),
      claim(randomUUID(), anna.personId),
    ]

    const refusals = []
    for (const attempt of attempts) refusals.push(await refusal(actAs(api, bram, (tx) => tx.execute(attempt))))

    expect(refusals).toEqual(attempts.map(() => '42501'))
  })

  it('ends for the asker at the words of those who answered', async () => {
    const [anna, bram] = [await givenPerson(database), await givenPerson(database)]
    const question = await givenQuestion(database, { author: anna })
    const answer = await givenAnswer(database, question.id, { author: bram })

    const marks = await actAs(api, anna, (tx) =>
      tx.execute(sql`update answers set helped_at = now() where id = ${answer.id}`),
    )
    const rewrites = await refusal(
      actAs(api, anna, (tx) => tx.execute(sql`update answers set body = 'taken' where id = ${answer.id}`)),
    )

    expect(marks.rowCount).toBe(1)
    expect(rewrites).toBe('42501')
  })
})

describe('columns the api may not read', () => {
  it('are refused, and shown by the card as their owner chose', async () => {
    const [anna, bram] = [await givenPerson(database, { jobTitle: 'KAN-job' }), await givenPerson(database)]
    await owner.query(
      `update people set organisation = 'KAN-org', about = 'KAN-about', about_visibility = 'nobody' where id = $1`,
      [anna.personId],
    )
    const limited = ['job_title', 'organisation', 'region_code', 'about', 'about_visibility']

    const refusals = []
    for (const column of limited) {
      refusals.push(await refusal(actAs(api, bram, (tx) => tx.execute(sql.raw(`select ${column} from people`)))))
    }
    const card = sql`select organisation, about from person_cards where id = ${anna.personId}`

    expect(refusals).toEqual(limited.map(() => '42501'))
    expect((await actAs(api, visitor, (tx) => tx.execute(card))).rows).toEqual([{ organisation: null, about: null }])
    expect((await actAs(api, bram, (tx) => tx.execute(card))).rows).toEqual([{ organisation: 'KAN-org', about: null }])
    expect((await actAs(api, anna, (tx) => tx.execute(card))).rows).toEqual([
      { organisation: 'KAN-org', about: 'KAN-about' },
    ])
  })

  it('include every name behind a seal', async () => {
    const anna = await givenPerson(database)
    await givenQuestion(database, { author: anna, anonymous: true })

    for (const who of [anna, await givenPerson(database, { platformRole: 'admin' }), visitor]) {
      expect(await refusal(actAs(api, who, (tx) => tx.execute(sql`select person_id from sealed_authors`)))).toBe(
        '42501',
      )
    }
    expect(await refusal(atTheDoor(api, anna, (tx) => tx.execute(sql`select person_id from sealed_authors`)))).toBe(
      '42501',
    )
  })
})

describe('opening a seal', () => {
  it('takes a moderator and a reason, and leaves a row that stays', async () => {
    const [anna, mo] = [await givenPerson(database), await givenPerson(database, { platformRole: 'moderator' })]
    const question = await givenQuestion(database, { author: anna, anonymous: true })
    const open = (reason: string) => sql`select ctx.open_seal(${question.id}, ${reason}, now()) as person`

    expect(await refusal(actAs(api, anna, (tx) => tx.execute(open('I want to know who this is'))))).toBe('42501')
    expect(await refusal(actAs(api, mo, (tx) => tx.execute(open('because'))))).toBe('42501')
    const { rows } = await actAs(api, mo, (tx) => tx.execute(open('a threat that the police asked about')))
    expect(rows).toEqual([{ person: anna.personId }])
    expect(await actAs(api, mo, (tx) => count(tx, `seal_openings where subject_id = '${question.id}'`))).toBe(1)
    expect(await refusal(actAs(api, mo, (tx) => tx.execute(sql`delete from seal_openings`)))).toBe('42501')
  })
})

describe('making things in the database', () => {
  it('is refused to the app, also for one transaction', async () => {
    const attempts = [
      'create function pg_temp.look() returns int language sql as $$ select 1 $$',
      'create temporary table look (id int)',
      'create table look (id int)',
      'create schema look',
      'set local session_replication_role = replica',
      'alter table questions disable row level security',
      'set role meedenk_owner',
    ]
    for (const pool of [api.pool, worker.pool]) {
      for (const attempt of attempts) expect(await refusal(pool.query(attempt)), attempt).toBe('42501')
    }
  })
})

describe('a job', () => {
  it('sees the rows of the channel it works in and no other', async () => {
    const { id, channel } = await givenClosedQuestion()
    const open = await givenQuestion(database)
    const look = (channelId: string) =>
      actAs(worker, jobIn(channelId), (tx) =>
        tx.execute<{ id: string }>(sql`select id from questions where id in (${id}, ${open.id})`),
      )

    expect((await look(channel.id)).rows).toEqual([{ id }])
    expect((await look(plazaId)).rows).toEqual([{ id: open.id }])
  })
})
