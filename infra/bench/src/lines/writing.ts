import { randomUUID } from 'node:crypto'
import { routeQuestion } from '@meedenk/actions/questions/route-question'
import { plazaId } from '@meedenk/domain/channels/schemas'
import type { Bench } from '../bench.ts'
import { givenExperts, memberId } from '../data.ts'
import { compare, median } from '../rounds.ts'
import { cookieOf, writing } from '../session.ts'

const body =
  'Bij ons werkte het om eerst een kaart te sturen met een vraag waar iemand zelf verstand van heeft. Daarna ging de deur vanzelf een keer open.'

/** reply: an answer through HTTP with rules, walls, outbox and idempotency key, beside one bare statement. */
export async function reply({ origin, ceiling, apiPid, rounds, secret, owner, add }: Bench): Promise<void> {
  await owner.query(`drop table if exists bench_posts, bench_outbox;
    create table bench_posts (id uuid primary key default uuidv7(), question_id uuid not null references questions (id), author_id uuid references people (id), body text not null, posted_at timestamptz not null);
    create index on bench_posts (question_id, posted_at); create index on bench_posts (author_id);
    create table bench_outbox (id uuid primary key default uuidv7(), xid xid8 not null default pg_current_xact_id(), type text not null, subject_id uuid, happened_at timestamptz not null);
    create index on bench_outbox (xid, id)`)
  const { rows } = await owner.query(
    'select id, author_id from questions where number > 1000000 order by random() limit 2000',
  )
  const cookies = Array.from({ length: 500 }, (_, i) => cookieOf(secret, i + 1))
  const pick = () => {
    const question = rows[Math.floor(Math.random() * rows.length)]
    let member = Math.floor(Math.random() * cookies.length)
    if (question.author_id === memberId(member + 1)) member = (member + 1) % cookies.length
    return { question, member }
  }
  const ours = () => {
    const { question, member } = pick()
    return {
      method: 'POST' as const,
      path: `/api/v1/questions/${question.id}/answers`,
      headers: { ...writing, cookie: cookies[member] ?? '', 'idempotency-key': randomUUID() },
      body: JSON.stringify({ body, perspective: 'practice' }),
    }
  }
  const bare = () => {
    const { question, member } = pick()
    return {
      method: 'POST' as const,
      path: '/w',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ questionId: question.id, authorId: memberId(member + 1), body }),
    }
  }
  const result = await compare(
    { url: origin, pid: apiPid, requests: ours },
    { url: ceiling.origin, pid: ceiling.pid, requests: bare },
    rounds,
  )
  add({
    name: 'reply',
    value: result.ours,
    unit: 'requests/s',
    ceiling: result.ceiling,
    ratio: result.ratio,
    target: '>= 0.50',
    holds: result.ratio >= 0.5,
  })
}

/** ask-fanout: all notices of one question written, beside a bare INSERT … SELECT of as many rows. */
export async function fanOut({ size, worker, owner, ownerUrl, add, quick }: Bench): Promise<void> {
  const experts = Math.min(10_000, size.members)
  const theme = await givenExperts(ownerUrl, experts)
  const few = await givenExperts(ownerUrl, 100)
  await owner.query(`drop table if exists bench_routings; create table bench_routings (person_id uuid not null references people (id), question_id uuid not null references questions (id), kind text not null, added_at timestamptz not null, primary key (person_id, question_id));
    create index on bench_routings (question_id); create index on bench_routings (person_id, added_at)`)
  const ours: number[] = []
  const bare: number[] = []
  const small: number[] = []
  for (let round = 0; round < (quick ? 3 : 5); round++) {
    const question = await askedOn(owner, theme)
    bare.push(
      await timed(() =>
        owner.query(
          `insert into bench_routings select e.person_id, $1, 'question_routed', now() from person_expertises e where e.theme_id = $2 on conflict do nothing`,
          [question.id, theme],
        ),
      ),
    )
    ours.push(await timed(() => routeOne(worker, question)))
    const little = await askedOn(owner, few)
    small.push(await timed(() => routeOne(worker, little)))
  }
  const ratio = median(bare.map((time, i) => time / (ours[i] ?? time)))
  add({
    name: 'ask-fanout',
    value: experts / (median(ours) / 1000),
    unit: 'notices/s',
    ceiling: experts / (median(bare) / 1000),
    ratio,
    target: '>= 0.70',
    holds: ratio >= 0.7,
  })
  add({
    name: 'ask-fanout-100',
    value: median(small),
    unit: `ms for 100 of ${size.members}`,
    ceiling: null,
    ratio: null,
    target: 'flat in members',
    holds: median(small) < 100,
  })
}

const timed = async (work: () => Promise<unknown>) => {
  const began = performance.now()
  await work()
  return performance.now() - began
}

const routeOne = (db: Bench['worker'], { id, eventId }: { id: string; eventId: string }) =>
  routeQuestion(
    { db, actor: { kind: 'system', job: 'route-question', channelId: plazaId }, now: new Date(), requestId: null },
    { eventId, questionId: id },
  )

async function askedOn(owner: Bench['owner'], themeId: string): Promise<{ id: string; eventId: string }> {
  const { rows } = await owner.query(
    `with q as (insert into questions (channel_id, slug, kind, title, body, author_id, asked_at, last_activity_at)
       values (ctx.plaza(), 'bench', 'think_along', 'Een vraag om het doorsturen te meten', '', $2, now(), now()) returning id, channel_id),
     t as (insert into question_themes (channel_id, question_id, theme_id, asked_at) select channel_id, id, $1, now() from q)
     select id, uuidv7() as event from q`,
    [themeId, memberId(1)],
  )
  return { id: rows[0].id, eventId: rows[0].event }
}
