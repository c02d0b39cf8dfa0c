import { runPrepared } from '@meedenk/db/prepared'
import { revisions } from '@meedenk/db/schema'
import { actAs } from '@meedenk/db/tenancy'
import { ensure, ProductError } from '@meedenk/domain/errors'
import { mayEditAnswer } from '@meedenk/domain/questions/rules'
import { asPerson, type Context, record } from '../context.ts'
import { loadAnswer } from './load-facts.ts'
import { refuseCitizenNumber } from './refuse-citizen-number.ts'
import { isSilent } from './silent-edit.ts'

const change = {
  name: 'edit-answer',
  text: `update answers set body = $3, edited_at = coalesce($4, edited_at), version = version + 1 where id = $1 and version = $2 returning version, old.body`,
}

/** Changes one's own answer or follow-up from a version one has seen; what it said before is kept. Returns the new version. */
export function editAnswer(context: Context, answerId: string, version: number, body: string): Promise<number> {
  const { db, actor, now } = asPerson(context)
  refuseCitizenNumber({ body })
  return actAs(db, actor, async (tx) => {
    const { question, channelId, questionId, ...answer } = await loadAnswer(tx, answerId, actor.personId)
    ensure(mayEditAnswer(actor, question, answer))
    const editedAt = isSilent(answer.postedAt, now) ? null : now
    const [changed] = await runPrepared<{ version: number; body: string }>(tx, change, [
      answerId,
      version,
      body,
      editedAt,
    ])
    if (!changed) throw new ProductError('stale_version')
    await tx.insert(revisions).values({ channelId, subjectId: answerId, body: changed.body, replacedAt: now })
    await record(tx, context, {
      type: 'answer.edited',
      subjectId: answerId,
      questionId,
      channelId,
      anonymous: answer.anonymous,
    })
    return changed.version
  })
}
