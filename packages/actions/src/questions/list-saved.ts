import { runPrepared } from '@meedenk/db/prepared'
import { actAs } from '@meedenk/db/tenancy'
import { asPerson, type Context } from '../context.ts'
import { type Place, pageJson, placeOf } from './cursor.ts'
import { joinCard, rowJson } from './question-sql.ts'

const pageSize = 20
const saved = {
  name: 'saved-questions',
  text: `select ${rowJson} as json, to_json(s.saved_at) #>> '{}' as at, q.id
    from saved_questions s join questions q on q.id = s.question_id ${joinCard('q')}
    where s.person_id = $1 and q.hidden_at is null and q.withdrawn_at is null
      and ($2::timestamptz is null or (s.saved_at, s.question_id) < ($2, $3::uuid))
    order by s.saved_at desc, s.question_id desc limit $4`,
}

/** What this person kept, last kept first, as the JSON of QuestionPage. */
export async function listSaved(
  context: Context,
  query: { after?: string | undefined; limit?: number | undefined },
): Promise<string> {
  const { db, actor } = asPerson(context)
  const place = placeOf(query.after)
  const limit = query.limit ?? pageSize
  const values = [actor.personId, place?.at ?? null, place?.id ?? null, limit + 1]
  const rows = await actAs(db, actor, (tx) => runPrepared<Place & { json: string }>(tx, saved, values))
  return pageJson(rows, limit)
}
