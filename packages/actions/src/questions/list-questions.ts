import type { Db } from '@meedenk/db/connection'
import { readPublic } from '@meedenk/db/tenancy'
import type { QuestionQuery } from '@meedenk/domain/questions/schemas'
import { type Place, pageJson, placeOf } from './cursor.ts'
import { joinCard, plaza, rowJson } from './question-sql.ts'

type Row = Place & { json: string }
type State = NonNullable<QuestionQuery['state']>
type Sort = NonNullable<QuestionQuery['sort']>

const pageSize = 20

/** Waiting questions show the longest waiting first, yields the newest yield; anything else the newest question. */
function sortOf(state: State, sort: Sort | undefined): Sort {
  const wanted = sort ?? (state === 'waiting' ? 'waiting_longest' : state === 'learned' ? 'learned_last' : 'newest')
  return wanted === 'learned_last' && state !== 'learned' && state !== 'all' ? 'newest' : wanted
}

type Shape = { state: State; sort: Sort; byTheme: boolean; byRegion: boolean; byMissing: boolean; isFurther: boolean }

/** One statement per combination of filters; each is one range of one index, however far the reader has come. */
function statementOf({ state, sort, byTheme, byRegion, byMissing, isFurther }: Shape) {
  const values = ['limit']
  const place = (name: string) => `$${values.push(name)}`
  const row = byTheme ? 'qt' : 'q'
  const [at, id] = [
    sort === 'learned_last' ? `${row}.yield_at` : `${row}.asked_at`,
    byTheme ? 'qt.question_id' : 'q.id',
  ]
  const isAscending = sort === 'waiting_longest'
  const conditions = [
    `q.channel_id = ${plaza}`,
    'q.hidden_at is null',
    'q.withdrawn_at is null',
    ...(byTheme ? [`qt.theme_id = (select t.id from themes t where t.slug = ${place('theme')})`] : []),
    ...(state === 'all' ? [] : [`${row}.state = '${state}'`]),
    ...(sort === 'learned_last' ? [`${at} is not null`] : []),
    ...(byRegion ? [`q.shown_region = any (${regionCodes(place('region'))})`] : []),
    ...(byMissing ? [`${place('missing')} <> all (q.perspectives)`] : []),
    ...(isFurther
      ? [`(${at}, ${id}) ${isAscending ? '>' : '<'} (${place('at')}::timestamptz, ${place('id')}::uuid)`]
      : []),
  ]
  // The plaza's own index of newest questions keeps nulls last; the others are read backwards.
  const isStoredDescending = !byTheme && state === 'all' && !isAscending
  const direction = isAscending
    ? 'asc'
    : isStoredDescending || (sort === 'learned_last' && !byTheme)
      ? 'desc nulls last'
      : 'desc'
  const from = byTheme ? 'question_themes qt join questions q on q.id = qt.question_id' : 'questions q'
  const text = `with page as (
      select q.*, ${at} as listed_at from ${from} where ${conditions.join(' and ')} order by ${at} ${direction}, ${id} ${direction} limit $1)
    select ${rowJson} as json, to_json(q.listed_at) #>> '{}' as at, q.id
    from page q ${joinCard('q')}
    order by q.listed_at ${isAscending ? 'asc' : 'desc'}, q.id ${isAscending ? 'asc' : 'desc'}`
  const name = `questions-${state}-${sort}-${[byTheme, byRegion, byMissing, isFurther].map(Number).join('')}`
  return { name, text, values }
}

/** All municipalities in the labour market region of one of them. */
const regionCodes = (code: string) =>
  `array(select other.code from regions asked join regions other on other.region = asked.region where asked.code = ${code})`

const statements = new Map<string, ReturnType<typeof statementOf>>()

function remembered(shape: Shape) {
  const key = Object.values(shape).join()
  const known = statements.get(key) ?? statementOf(shape)
  statements.set(key, known)
  return known
}

/** A page of public questions as the JSON of QuestionPage. */
export async function listQuestions(db: Db, query: QuestionQuery): Promise<string> {
  const place = placeOf(query.after)
  const state = query.state ?? 'all'
  const limit = query.limit ?? pageSize
  const { values, ...statement } = remembered({
    state,
    sort: sortOf(state, query.sort),
    byTheme: query.theme !== undefined,
    byRegion: query.region !== undefined,
    byMissing: query.missing !== undefined,
    isFurther: place !== null,
  })
  const given: Record<string, unknown> = { ...query, limit: limit + 1, at: place?.at, id: place?.id }
  const rows = await readPublic<Row>(
    db,
    statement,
    values.map((name) => given[name]),
  )
  return pageJson(rows, limit)
}
