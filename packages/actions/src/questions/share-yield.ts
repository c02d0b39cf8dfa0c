import { runPrepared } from '@meedenk/db/prepared'
import { actAs } from '@meedenk/db/tenancy'
import { ensure } from '@meedenk/domain/errors'
import { mayShareYield } from '@meedenk/domain/questions/rules'
import { asPerson, type Context, record } from '../context.ts'
import { loadQuestion } from './load-facts.ts'
import { refuseCitizenNumber } from './refuse-citizen-number.ts'

const share = {
  name: 'share-yield',
  text: `insert into yields (channel_id, question_id, body, did_not_work, shared_at) values ($1, $2, $3, $4, $5)
    on conflict (question_id) do update set body = excluded.body, did_not_work = excluded.did_not_work returning old.question_id is null as first`,
}

/** The asker tells what came of a question; again changes the words, and tells nobody twice. */
export function shareYield(
  context: Context,
  questionId: string,
  input: { body: string; didNotWork: string | null },
): Promise<void> {
  const { db, actor, now } = asPerson(context)
  refuseCitizenNumber(input)
  return actAs(db, actor, async (tx) => {
    const question = await loadQuestion(tx, questionId, actor.personId)
    ensure(mayShareYield(actor, question))
    const values = [question.channelId, questionId, input.body, input.didNotWork || null, now]
    const [shared] = await runPrepared<{ first: boolean }>(tx, share, values)
    if (!shared?.first) return
    await record(tx, context, {
      type: 'yield.shared',
      subjectId: questionId,
      questionId,
      channelId: question.channelId,
      anonymous: question.anonymous,
    })
  })
}
