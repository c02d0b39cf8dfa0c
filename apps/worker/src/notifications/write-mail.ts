import type { MailItem, NoticesMail, SignInMail } from '@meedenk/actions/notifications/read-mail'
import { type MailLinkKind, signMailLink } from '@meedenk/actions/notifications/sign-mail-link'
import type { AccountMail } from '@meedenk/actions/people/read-account-mail'
import { signInLinkToken } from '@meedenk/actions/people/sign-in-secrets'
import { unseal } from '@meedenk/actions/seal'
import { type PaceKind, paceKindOf } from '@meedenk/domain/notifications/schemas'
import type { Mail } from '../mailer.ts'
import { writeAccountMail } from '../people/write-account-mail.ts'
import { type Block, layOutMail } from './lay-out-mail.ts'
import { type Say, sayInLanguage } from './say-in-language.ts'
import { subjectOf } from './subject-of.ts'
import { writeItems } from './write-items.ts'

export type House = { origin: string; secret: string }

/** Writes a mail in the language of its reader, from what may be told at this moment. */
export function writeMail(content: SignInMail | NoticesMail | AccountMail, house: House): Mail {
  if (content.template === 'sign_in') return writeSignIn(content, house)
  if (content.template === 'notices') return writeNotices(content, house)
  const { id, to, locale } = content
  const { subject, blocks } = writeAccountMail(content, sayInLanguage(locale), house)
  return letterOf({ id, to, locale, subject, blocks }, house)
}

type Letter = { id: string; to: string; locale: 'nl' | 'en'; subject: string; blocks: Block[] }
/** A mail that somebody asked for by what they did: nothing to stop, no answer expected. */
export function letterOf({ id, to, locale, subject, blocks }: Letter, house: House): Mail {
  const headers = { 'Auto-Submitted': 'auto-generated' }
  return { to, subject, ...layOutMail(blocks, { title: subject, locale }), messageId: messageId(id, house), headers }
}

const messageId = (id: string, { origin }: House) => `<${id}@${new URL(origin).hostname}>`

function writeSignIn({ id, to, locale, attemptId, codeSealed }: SignInMail, house: House): Mail {
  const say = sayInLanguage(locale)
  const subject = say('signIn.subject')
  const blocks: Block[] = [
    { kind: 'paragraph', text: say('signIn.lead') },
    { kind: 'code', text: unseal(house.secret, codeSealed) },
    { kind: 'paragraph', text: say('signIn.or') },
    {
      kind: 'button',
      text: say('signIn.button'),
      url: `${pathOf(house.origin, locale)}/l/${signInLinkToken(house.secret, attemptId)}`,
    },
    { kind: 'small', text: say('signIn.valid') },
    { kind: 'small', text: say('signIn.notYou') },
  ]
  return letterOf({ id, to, locale, subject, blocks }, house)
}

function writeNotices(mail: NoticesMail, house: House): Mail {
  const { id, to, locale, name, items, personId } = mail
  const say = sayInLanguage(locale)
  const subject = subjectOf(items, say)
  const site = pathOf(house.origin, locale)
  const greeting: Block[] = name ? [{ kind: 'paragraph', text: say('greeting', { name }) }] : []
  const kind = linkKindOf(items)
  const stop = kind && `${house.origin}/mail/${signMailLink(house.secret, { personId, kind })}`
  const blocks = [...greeting, ...writeItems(items, say, { site, locale }), ...footer(say, stop)]
  const headers: Record<string, string> = { 'Auto-Submitted': 'auto-generated' }
  if (stop) {
    headers['List-Unsubscribe'] = `<${stop}>`
    headers['List-Unsubscribe-Post'] = 'List-Unsubscribe=One-Click'
  }
  return { to, subject, ...layOutMail(blocks, { title: subject, locale }), messageId: messageId(id, house), headers }
}

function footer(say: Say, stop: string | null): Block[] {
  // What concerns the account itself cannot be stopped.
  if (!stop) return []
  const links = (['weekly', 'pause', 'stop', 'settings'] as const).map((act) => ({
    text: say(`footer.${act}`),
    url: act === 'settings' ? stop : `${stop}?act=${act === 'pause' ? 'pause_month' : act}`,
  }))
  return [{ kind: 'line' }, { kind: 'small', text: say('footer.why') }, { kind: 'links', links }]
}

/** The setting that a stop in this mail changes; all of them when it holds several kinds. */
function linkKindOf(items: MailItem[]): MailLinkKind | null {
  const kinds = new Set(items.map((item) => paceKindOf[item.kind]).filter((kind): kind is PaceKind => kind !== null))
  const [only] = kinds
  return kinds.size > 1 ? 'all' : (only ?? null)
}

const pathOf = (origin: string, locale: 'nl' | 'en') => (locale === 'en' ? `${origin}/en` : origin)
