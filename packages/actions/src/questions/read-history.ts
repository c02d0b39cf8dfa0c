import { runPrepared } from '@meedenk/db/prepared'
import { actAs } from '@meedenk/db/tenancy'
import { type Context, one } from '../context.ts'
import { silentMinutes } from './silent-edit.ts'

const historyOf = (post: 'questions' | 'answers', postedAt: 'asked_at' | 'posted_at', condition: string) => ({
  name: `history-of-${post}`,
  text: `select json_build_object('items', coalesce((
      select json_agg(json_build_object('title', r.title, 'body', r.body, 'replacedAt', r.replaced_at) order by r.replaced_at desc, r.id desc)
      from revisions r where r.subject_id = p.id
        and (r.replaced_at >= p.${postedAt} + interval '${silentMinutes} minutes' or ctx.wrote(p.id) or (select ctx.is_moderator()))), '[]'))::text as json
    from ${post} p where p.id = $1 and ${condition}`,
})
const ofQuestion = historyOf('questions', 'asked_at', 'true')
// A post below a hidden question is as hidden as the question.
const ofAnswer = historyOf('answers', 'posted_at', 'exists (select from questions q where q.id = p.question_id)')

/** What a question said before, newest first, as the JSON of RevisionList; silent corrections only for its asker and moderators. */
export const readQuestionHistory = (context: Context, id: string): Promise<string> => read(context, ofQuestion, id)

/** The same for an answer or follow-up. */
export const readAnswerHistory = (context: Context, id: string): Promise<string> => read(context, ofAnswer, id)

async function read({ db, actor }: Context, query: { name: string; text: string }, id: string): Promise<string> {
  return one(await actAs(db, actor, (tx) => runPrepared<{ json: string }>(tx, query, [id]))).json
}
