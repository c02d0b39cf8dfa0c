import { plazaId } from '@meedenk/domain/channels/schemas'

/** The plaza as SQL: written out, so that indexes that start with the channel are used. */
export const plaza = `'${plazaId}'::uuid`

/** Joins the card of who wrote a post. */
export const joinCard = (post: string) => `left join person_cards c on c.id = ${post}.author_id`

type Author = { post: string; card: string; isAsker: string; role: string; region: string }

/** An AuthorView: the card of a named author, or of an anonymous one only what the asker chose to show. */
const authorJson = ({ post, card, isAsker, role, region }: Author) => `json_build_object(
    'anonymous', ${post}.author_id is null, 'isAsker', ${isAsker}, 'handle', case when ${card}.state <> 'stopped' then ${card}.handle end, 'name', ${card}.name, 'portrait', ${card}.portrait,
    'roleKind', case when ${post}.author_id is null then ${role} else ${card}.role_kind end, 'jobTitle', ${card}.job_title,
    'region', case when ${post}.author_id is null then ${region} else ${card}.region end)`

const shownRegion = '(select r.name from regions r where r.code = q.shown_region)'

/** The asker of question q with card c. */
export const askerJson = authorJson({
  post: 'q',
  card: 'c',
  isAsker: 'true',
  role: 'q.shown_role',
  region: shownRegion,
})

/** The writer of answer a with card c, below question q. */
export const writerJson = authorJson({
  post: 'a',
  card: 'c',
  isAsker: 'a.by_asker',
  role: 'case when a.by_asker then q.shown_role end',
  region: `case when a.by_asker then ${shownRegion} end`,
})

export const stateSql = `case when q.yield_at is not null then 'learned' when q.helped_count > 0 then 'helped'
    when q.answer_count > 0 then 'thinking' else 'waiting' end`

export const missingSql = `array(select p from unnest('{practice,policy,knowledge,experience}'::text[]) p where p <> all (q.perspectives))`

export const themesJson = `(select coalesce(json_agg(json_build_object('id', t.id, 'slug', t.slug, 'name', t.name, 'nameEn', t.name_en) order by t.position, t.name), '[]')
    from question_themes qt cross join lateral (select * from themes known where known.id = qt.theme_id limit 1) t where qt.question_id = q.id)`

/** A QuestionRow of question q with card c. */
export const rowJson = `json_build_object(
    'id', q.id, 'number', q.number, 'slug', q.slug, 'title', q.title, 'state', ${stateSql}, 'themes', ${themesJson}, 'author', ${askerJson},
    'askedAt', q.asked_at, 'lastActivityAt', q.last_activity_at, 'answers', q.answer_count, 'peopleAsked', q.people_asked,
    'missingPerspectives', ${missingSql}, 'yield', case when q.yield_at is not null then (select y.body from yields y where y.question_id = q.id) end)::text`
