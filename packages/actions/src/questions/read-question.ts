import type { Db } from '@meedenk/db/connection'
import { runPrepared } from '@meedenk/db/prepared'
import { actAs, readPublic } from '@meedenk/db/tenancy'
import type { Actor } from '@meedenk/domain/actor'
import { askerJson, joinCard, missingSql, plaza, stateSql, themesJson, writerJson } from './question-sql.ts'

export type QuestionRead = { version: number; json: string }

const postJson = `'id', p.id, 'author', p.author, 'body', p.body, 'postedAt', p.posted_at, 'editedAt', p.edited_at, 'version', p.version`

const answersJson = `(with posts as materialized (
      select a.id, a.parent_id, a.body, a.posted_at, a.edited_at, a.version, a.perspective, a.referral_url, a.referral_title,
        a.helped_at, a.turn, a.thanks_count, ${writerJson} as author
      from answers a ${joinCard('a')}
      where a.channel_id = ${plaza} and a.question_id = q.id and a.hidden_at is null and a.withdrawn_at is null
    ), further as (
      select p.parent_id, json_agg(json_build_object(${postJson}) order by p.posted_at, p.id) as json from posts p where p.parent_id is not null group by p.parent_id
    )
    select coalesce(json_agg(json_build_object(${postJson}, 'perspective', p.perspective,
        'referral', case when p.referral_url is not null then json_build_object('url', p.referral_url, 'title', p.referral_title) end,
        'helped', p.helped_at is not null, 'turn', p.turn, 'thanks', p.thanks_count, 'followUps', coalesce(f.json, '[]'))
      order by p.helped_at is null, p.posted_at, p.id), '[]')
    from posts p left join further f on f.parent_id = p.id where p.parent_id is null)`

const questionJson = `json_build_object(
    'id', q.id, 'number', q.number, 'slug', q.slug, 'title', q.title, 'body', q.body, 'kind', q.kind, 'state', ${stateSql},
    'author', ${askerJson}, 'themes', ${themesJson}, 'askedAt', q.asked_at, 'editedAt', q.edited_at, 'closedAt', q.closed_at, 'closedReason', q.closed_reason,
    'version', q.version, 'peopleAsked', q.people_asked, 'firstAnswerAt', q.first_answer_at, 'meToos', q.me_too_count, 'missingPerspectives', ${missingSql},
    'escalations', (select coalesce(json_agg(json_build_object('step', e.step, 'at', e.taken_at, 'people', e.people) order by e.taken_at), '[]')
      from escalations e where e.question_id = q.id),
    'yield', case when q.yield_at is not null then (select json_build_object('body', y.body, 'didNotWork', y.did_not_work, 'sharedAt', y.shared_at)
      from yields y where y.question_id = q.id) end,
    'answers', ${answersJson})`

const selectWhere = (condition: string) =>
  `select q.version, ${questionJson}::text as json from questions q ${joinCard('q')} where ${condition} and q.channel_id = ${plaza}`

const byId = { name: 'question-by-id', text: selectWhere('q.id = $1') }
const byNumber = { name: 'question-by-number', text: selectWhere('q.number = $1') }
const goneById = { name: 'gone-by-id', text: 'select ctx.is_gone($1, null) as gone' }
const goneByNumber = { name: 'gone-by-number', text: 'select ctx.is_gone(null, $1) as gone' }

const isNumber = (idOrNumber: string) => /^\d{1,15}$/.test(idOrNumber)

/** A public question with its answers as the JSON of QuestionView, in one statement; null when everybody may not see it. */
export async function readQuestion(db: Db, idOrNumber: string): Promise<QuestionRead | null> {
  const [row] = await readPublic<QuestionRead>(db, isNumber(idOrNumber) ? byNumber : byId, [idOrNumber])
  return row ?? null
}

/** The JSON of QuestionView alone, for pages that the server makes. */
export async function readQuestionJson(db: Db, idOrNumber: string): Promise<string | null> {
  const read = await readQuestion(db, idOrNumber)
  return read?.json ?? null
}

/** The same for one actor: an asker and moderators also see what is hidden or withdrawn. */
export async function readQuestionAs(db: Db, actor: Actor, idOrNumber: string): Promise<QuestionRead | null> {
  const [row] = await actAs(db, actor, (tx) =>
    runPrepared<QuestionRead>(tx, isNumber(idOrNumber) ? byNumber : byId, [idOrNumber]),
  )
  return row ?? null
}

/** Whether a question once stood here and was hidden or withdrawn; says nothing else about it. */
export async function isQuestionGone(db: Db, idOrNumber: string): Promise<boolean> {
  const [row] = await readPublic<{ gone: boolean }>(db, isNumber(idOrNumber) ? goneByNumber : goneById, [idOrNumber])
  return row?.gone ?? false
}
