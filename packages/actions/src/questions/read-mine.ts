import { runPrepared } from '@meedenk/db/prepared'
import { actAs } from '@meedenk/db/tenancy'
import type { Person } from '@meedenk/domain/actor'
import {
  type AnswerFacts,
  mayAnswer,
  mayCloseQuestion,
  mayEditAnswer,
  mayEditQuestion,
  mayHideQuestion,
  mayMarkHelpful,
  mayReopenQuestion,
  mayShareYield,
  mayThank,
  mayWithdrawAnswer,
  mayWithdrawQuestion,
  type QuestionFacts,
} from '@meedenk/domain/questions/rules'
import type { QuestionMine } from '@meedenk/domain/questions/schemas'
import { asPerson, type Context, one } from '../context.ts'

type Row = QuestionFacts & {
  meToo: boolean
  saved: boolean
  answers: (AnswerFacts & { id: string; thanked: boolean })[]
}

const mine = {
  name: 'question-mine',
  text: `select coalesce(q.author_id = $2 or q.id = any ((select ctx.my_sealed())::uuid[]), false) as "isAsker",
      q.closed_at is not null as closed, q.hidden_at is not null as hidden, q.withdrawn_at is not null as withdrawn,
      exists (select from me_toos m where m.question_id = q.id and m.person_id = $2) as "meToo",
      exists (select from saved_questions s where s.question_id = q.id and s.person_id = $2) as saved,
      (select coalesce(json_agg(json_build_object('id', a.id, 'hidden', a.hidden_at is not null, 'withdrawn', a.withdrawn_at is not null,
          'isFollowUp', a.parent_id is not null, 'mine', coalesce(a.author_id = $2 or a.id = any ((select ctx.my_sealed())::uuid[]), false),
          'thanked', exists (select from thanks t where t.answer_id = a.id and t.person_id = $2)) order by a.posted_at, a.id), '[]')
        from answers a where a.question_id = q.id and a.withdrawn_at is null) as answers
    from questions q where q.id = $1`,
}

/** What this person did with a question, and may do now by the same rules that the actions ask. */
export async function readMine(context: Context, questionId: string): Promise<QuestionMine> {
  const { db, actor } = asPerson(context)
  const row = one(await actAs(db, actor, (tx) => runPrepared<Row>(tx, mine, [questionId, actor.personId])))
  return {
    isAsker: row.isAsker,
    meToo: row.meToo,
    saved: row.saved,
    can: {
      answer: mayAnswer(actor, row),
      edit: mayEditQuestion(actor, row),
      withdraw: mayWithdrawQuestion(actor, row),
      close: mayCloseQuestion(actor, row),
      reopen: mayReopenQuestion(actor, row),
      shareYield: mayShareYield(actor, row),
      markHelpful: mayMarkHelpful(actor, row),
      hide: mayHideQuestion(actor),
    },
    answers: row.answers.map((answer) => ({
      id: answer.id,
      mine: answer.mine,
      thanked: answer.thanked,
      ...canAnswer(actor, row, answer),
    })),
  }
}

const canAnswer = (actor: Person, question: QuestionFacts, answer: AnswerFacts) => ({
  canEdit: mayEditAnswer(actor, question, answer),
  canWithdraw: mayWithdrawAnswer(actor, answer),
  canThank: mayThank(actor, question, answer),
})
