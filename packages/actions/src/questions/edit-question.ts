import { runPrepared } from '@meedenk/db/prepared'
import { revisions } from '@meedenk/db/schema'
import { actAs } from '@meedenk/db/tenancy'
import { ensure, ProductError } from '@meedenk/domain/errors'
import { mayEditQuestion } from '@meedenk/domain/questions/rules'
import type { EditQuestion } from '@meedenk/domain/questions/schemas'
import { slugOf } from '@meedenk/domain/questions/slug'
import { asPerson, type Context, record } from '../context.ts'
import { loadQuestion } from './load-facts.ts'
import { refuseCitizenNumber } from './refuse-citizen-number.ts'
import { isSilent } from './silent-edit.ts'

const change = {
  name: 'edit-question',
  text: `update questions set title = $3, body = $4, slug = $5, edited_at = coalesce($6, edited_at), version = version + 1
    where id = $1 and version = $2 returning version, old.title, old.body`,
}

/** Changes the text of one's own question from a version one has seen; what it said before is kept. Returns the new version. */
export function editQuestion(
  context: Context,
  questionId: string,
  version: number,
  input: EditQuestion,
): Promise<number> {
  const { db, actor, now } = asPerson(context)
  refuseCitizenNumber({ title: input.title, body: input.body })
  return actAs(db, actor, async (tx) => {
    const question = await loadQuestion(tx, questionId, actor.personId)
    ensure(mayEditQuestion(actor, question))
    const editedAt = isSilent(question.askedAt, now) ? null : now
    const values = [questionId, version, input.title, input.body, slugOf(input.title), editedAt]
    const [changed] = await runPrepared<{ version: number; title: string; body: string }>(tx, change, values)
    if (!changed) throw new ProductError('stale_version')
    await tx.insert(revisions).values({
      channelId: question.channelId,
      subjectId: questionId,
      title: changed.title,
      body: changed.body,
      replacedAt: now,
    })
    await record(tx, context, {
      type: 'question.edited',
      subjectId: questionId,
      questionId,
      channelId: question.channelId,
      anonymous: question.anonymous,
    })
    return changed.version
  })
}
