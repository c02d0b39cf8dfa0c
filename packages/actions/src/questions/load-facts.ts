import type { Tx } from '@meedenk/db/connection'
import { runPrepared } from '@meedenk/db/prepared'
import type { AnswerFacts, QuestionFacts } from '@meedenk/domain/questions/rules'
import { one } from '../context.ts'

/** A question as the rules and events want it; `anonymous` decides whether the record names who acts as its asker. */
export type LoadedQuestion = QuestionFacts & { channelId: string; anonymous: boolean; version: number; askedAt: Date }
export type LoadedAnswer = AnswerFacts & {
  channelId: string
  questionId: string
  anonymous: boolean
  version: number
  postedAt: Date
  /** An id for what is posted below it. */
  nextId: string
  question: QuestionFacts & { anonymous: boolean }
}

// Row level security answers for what this person may not see: no row is "not found".
const questionFacts = `coalesce(q.author_id = $2 or q.id = any ((select ctx.my_sealed())::uuid[]), false) as "isAsker", q.author_id is null as anonymous,
    q.closed_at is not null as closed, q.hidden_at is not null as hidden, q.withdrawn_at is not null as withdrawn`

const question = {
  name: 'load-question',
  text: `select q.channel_id as "channelId", q.version, q.asked_at as "askedAt", ${questionFacts} from questions q where q.id = $1`,
}
const answer = {
  name: 'load-answer',
  text: `select a.channel_id as "channelId", a.question_id as "questionId", a.version, a.posted_at as "postedAt", a.author_id is null as anonymous, uuidv7() as "nextId",
      coalesce(a.author_id = $2 or a.id = any ((select ctx.my_sealed())::uuid[]), false) as mine, a.parent_id is not null as "isFollowUp",
      a.hidden_at is not null as hidden, a.withdrawn_at is not null as withdrawn, q.question
    from answers a join lateral (select to_json(f) as question from (select ${questionFacts} from questions q where q.id = a.question_id) f) q on true
    where a.id = $1`,
}

/** The facts of a question for one person; not_found when they may not see it. */
export async function loadQuestion(tx: Tx, questionId: string, personId: string): Promise<LoadedQuestion> {
  return one(await runPrepared<LoadedQuestion>(tx, question, [questionId, personId]))
}

/** The facts of an answer or follow-up, with those of its question. */
export async function loadAnswer(tx: Tx, answerId: string, personId: string): Promise<LoadedAnswer> {
  return one(await runPrepared<LoadedAnswer>(tx, answer, [answerId, personId]))
}
