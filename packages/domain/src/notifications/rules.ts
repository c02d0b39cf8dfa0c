import type { z } from 'zod'
import { no, type Verdict, yes } from '../errors.ts'
import type { HandleNotice, inboxGroups, NoticeKind, noticeStates } from './schemas.ts'

export type InboxGroup = (typeof inboxGroups)[number]
export type NoticeState = (typeof noticeStates)[number]

/** Where a kind waits in the inbox; what was handled stands in the history. */
export const groupOfKind: Record<NoticeKind, Exclude<InboxGroup, 'history'>> = {
  question_routed: 'think_along',
  question_invited: 'think_along',
  question_escalated: 'think_along',
  answer_posted: 'for_you',
  follow_up_posted: 'for_you',
  answer_helped: 'for_you',
  yield_shared: 'for_you',
  yield_asked: 'look_back',
  post_decided: 'for_you',
  report_decided: 'for_you',
  account_security: 'for_you',
}

/** What was handled; it stays readable and can be taken back. */
export const handledStates = ['done', 'not_mine'] as const satisfies NoticeState[]

/** Later is within this many days, so that nothing waits for ever. */
export const laterDaysMax = 90

type NoticeFacts = { kind: NoticeKind }

/** One's own notice may be handled in any way that makes sense: later has a moment to come, and only a question can be somebody else's. */
export function mayHandle(notice: NoticeFacts, act: z.output<typeof HandleNotice>, now: Date): Verdict {
  if (act.state === 'later') {
    const waitMs = new Date(act.until).getTime() - now.getTime()
    if (!(waitMs > 0 && waitMs <= laterDaysMax * 86_400_000)) return no('invalid_input')
  }
  if (act.state === 'not_mine' && groupOfKind[notice.kind] !== 'think_along') return no('invalid_input')
  return yes
}
