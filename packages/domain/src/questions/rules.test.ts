import { describe, expect, it } from 'vitest'
import { type Actor, type Person, visitor } from '../actor.ts'
import type { ErrorCode, Verdict } from '../errors.ts'
import * as rules from './rules.ts'

const member: Person = {
  kind: 'person',
  personId: 'm',
  sessionId: 's',
  level: 1,
  platformRole: 'member',
  state: 'active',
}
const paused: Person = { ...member, state: 'paused' }
const moderator: Person = { ...member, platformRole: 'moderator' }
const open: rules.QuestionFacts = { isAsker: false, closed: false, hidden: false, withdrawn: false }
const own = { ...open, isAsker: true }
const answer: rules.AnswerFacts = { mine: false, hidden: false, withdrawn: false, isFollowUp: false }
const mine = { ...answer, mine: true }

const because = (verdict: Verdict): ErrorCode | 'yes' => (verdict.allowed ? 'yes' : verdict.because)
type Case<Facts extends unknown[]> = [what: string, actor: Actor, ...facts: [...Facts, ErrorCode | 'yes']]

const table = <Facts extends unknown[]>(
  name: string,
  rule: (actor: Actor, ...facts: Facts) => Verdict,
  cases: Case<Facts>[],
) =>
  describe(name, () => {
    it.each(cases)('%s', (_what, actor, ...rest) => {
      const facts = rest.slice(0, -1) as Facts // The last one is what is expected.
      expect(because(rule(actor, ...facts))).toBe(rest.at(-1))
    })
  })

table('asking', rules.mayAsk, [
  ['a member may', member, 0, 'yes'],
  ['the tenth of a day may', member, 9, 'yes'],
  ['the eleventh of a day waits', member, 10, 'too_many_questions_today'],
  ['a visitor signs in first', visitor, 0, 'sign_in_required'],
  ['a paused member may not', paused, 0, 'account_paused'],
])

table('answering', rules.mayAnswer, [
  ['a member may', member, open, 'yes'],
  ['the asker asks further instead', member, own, 'own_question'],
  ['a closed question is over', member, { ...open, closed: true }, 'question_closed'],
  ['a hidden question stays silent', moderator, { ...open, hidden: true }, 'question_hidden'],
  ['a withdrawn question is gone', moderator, { ...open, withdrawn: true }, 'gone'],
  ['a visitor signs in first', visitor, open, 'sign_in_required'],
  ['a paused member may not', paused, open, 'account_paused'],
])

table('asking further', rules.mayFollowUp, [
  ['the asker may', member, own, answer, 'yes'],
  ['anybody may', member, open, answer, 'yes'],
  ['of a follow-up it is too deep', member, open, { ...answer, isFollowUp: true }, 'follow_up_of_follow_up'],
  ['of a hidden answer there is nothing', moderator, open, { ...answer, hidden: true }, 'not_found'],
  ['of a withdrawn answer there is nothing', member, open, { ...mine, withdrawn: true }, 'not_found'],
  ['under a closed question it is over', member, { ...own, closed: true }, answer, 'question_closed'],
  ['a paused member may not', paused, open, answer, 'account_paused'],
])

for (const [name, rule] of [
  ['editing a question', rules.mayEditQuestion],
  ['withdrawing a question', rules.mayWithdrawQuestion],
  ['sharing what it yielded', rules.mayShareYield],
  ['marking what helped', rules.mayMarkHelpful],
] as const) {
  table(name, rule, [
    ['the asker may', member, own, 'yes'],
    ['the asker may after closing', member, { ...own, closed: true }, 'yes'],
    ['another may not', member, open, 'not_the_asker'],
    ['a moderator may not either', moderator, open, 'not_the_asker'],
    ['a paused asker may not', paused, own, 'account_paused'],
    ['not once hidden', member, { ...own, hidden: true }, 'question_hidden'],
    ['not once withdrawn', member, { ...own, withdrawn: true }, 'gone'],
    ['a visitor signs in first', visitor, open, 'sign_in_required'],
  ])
}

for (const [name, rule] of [
  ['closing', rules.mayCloseQuestion],
  ['reopening', rules.mayReopenQuestion],
] as const) {
  table(name, rule, [
    ['the asker may', member, own, 'yes'],
    ['a moderator may', moderator, open, 'yes'],
    ['a paused moderator may not', { ...moderator, state: 'paused' }, open, 'account_paused'],
    ['another may not', member, open, 'not_the_asker'],
    ['a visitor signs in first', visitor, open, 'sign_in_required'],
    ['not once withdrawn', moderator, { ...open, withdrawn: true }, 'not_the_asker'],
  ])
}

table('hiding', rules.mayHideQuestion, [
  ['a moderator may', moderator, 'yes'],
  ['a member may not', member, 'moderators_only'],
  ['a visitor may not', visitor, 'moderators_only'],
])

table('saying "me too"', rules.maySayMeToo, [
  ['a member may', member, open, 'yes'],
  ['the asker has said so already', member, own, 'own_question'],
  ['a paused member may not', paused, open, 'account_paused'],
  ['not once hidden, whoever still sees it', moderator, { ...open, hidden: true }, 'question_hidden'],
  ['not once withdrawn', moderator, { ...open, withdrawn: true }, 'gone'],
])

table('thanking', rules.mayThank, [
  ['another may', member, open, answer, 'yes'],
  ['another may after closing', member, { ...open, closed: true }, answer, 'yes'],
  ['not oneself', member, open, mine, 'own_answer'],
  ['a visitor signs in first', visitor, open, answer, 'sign_in_required'],
  ['not once hidden, whoever still sees it', moderator, open, { ...answer, hidden: true }, 'not_found'],
  ['not once withdrawn', moderator, open, { ...answer, withdrawn: true }, 'not_found'],
  ['not below a hidden question', moderator, { ...open, hidden: true }, answer, 'question_hidden'],
])

table('editing an answer', rules.mayEditAnswer, [
  ['its writer may', member, open, mine, 'yes'],
  ['another may not', member, open, answer, 'not_yours'],
  ['a moderator may not', moderator, open, answer, 'not_yours'],
  ['not once hidden', member, open, { ...mine, hidden: true }, 'not_found'],
  ['not below a hidden question', member, { ...open, hidden: true }, mine, 'question_hidden'],
])

table('withdrawing an answer', rules.mayWithdrawAnswer, [
  ['its writer may', member, mine, 'yes'],
  ['another may not', member, answer, 'not_yours'],
  ['not twice', member, { ...mine, withdrawn: true }, 'not_found'],
  ['a paused writer may not', paused, mine, 'account_paused'],
])
