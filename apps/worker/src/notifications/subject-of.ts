import type { MailItem } from '@meedenk/actions/notifications/read-mail'
import type { NoticeKind } from '@meedenk/domain/notifications/schemas'
import type { Say, TextKey } from './say-in-language.ts'

const titleCharsMax = 80

type Part = 'answers' | 'outcomes' | 'yields' | 'house' | 'questions'
const partOf: Record<NoticeKind, Part | 'security'> = {
  account_security: 'security',
  answer_posted: 'answers',
  follow_up_posted: 'answers',
  post_decided: 'house',
  report_decided: 'house',
  answer_helped: 'outcomes',
  yield_shared: 'outcomes',
  yield_asked: 'yields',
  question_routed: 'questions',
  question_invited: 'questions',
  question_escalated: 'questions',
}
const alone: Record<Exclude<NoticeKind, 'account_security'>, TextKey> = {
  answer_posted: 'subject.answer',
  follow_up_posted: 'subject.followUp',
  post_decided: 'subject.decided',
  report_decided: 'subject.report',
  answer_helped: 'subject.helped',
  yield_shared: 'subject.yieldShared',
  yield_asked: 'subject.yieldAsked',
  question_routed: 'subject.question',
  question_invited: 'subject.question',
  question_escalated: 'subject.escalated',
}

/** A subject that says the content: the one thing it is about, or how many of what. */
export function subjectOf(items: MailItem[], say: Say): string {
  const [first] = items
  const warning = items.find((item) => item.kind === 'account_security')
  if (warning) return securityTitle(warning, say)
  if (first && items.length === 1 && first.kind !== 'account_security') {
    return say(alone[first.kind], {
      title: shorten(first.title ?? '', titleCharsMax),
      author: first.author ?? say('someone'),
    })
  }
  const counted = (['answers', 'yields', 'outcomes', 'house', 'questions'] as const)
    .map((part) => ({ part, n: items.filter((item) => partOf[item.kind] === part).length }))
    .filter(({ n }) => n > 0)
    .map(({ part, n }) => say(`subject.${part}`, { n }))
  const last = counted.pop() ?? ''
  return counted.length > 0 ? say('and', { first: counted.join(', '), last }) : last
}

const securityKeys: Record<string, TextKey> = {
  'passkey.added': 'security.passkey_added',
  'passkey.removed': 'security.passkey_removed',
  'password.set': 'security.password_set',
  'password.removed': 'security.password_removed',
  'totp.set': 'security.totp_set',
  'totp.removed': 'security.totp_removed',
  'session.theft_suspected': 'security.session_theft_suspected',
  'session.started': 'security.session_started',
  'email.changed': 'security.email_changed',
  'email.change_undone': 'security.email_change_undone',
}

/** What happened to the account, in words. */
export const securityTitle = (item: MailItem, say: Say): string =>
  say(securityKeys[item.because ?? ''] ?? 'security.other')

/** Cuts at a word, with an ellipsis. */
export function shorten(text: string, charsMax: number): string {
  if (text.length <= charsMax) return text
  const cut = text.slice(0, charsMax).toWellFormed().replaceAll('\ufffd', '')
  return `${cut.replace(/\s+\S*$/, '') || cut}…`
}
