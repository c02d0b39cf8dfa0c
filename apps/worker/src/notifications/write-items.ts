import type { MailItem } from '@meedenk/actions/notifications/read-mail'
import type { NoticeKind } from '@meedenk/domain/notifications/schemas'
import type { Block } from './lay-out-mail.ts'
import type { Locale, Say } from './say-in-language.ts'
import { securityTitle, shorten } from './subject-of.ts'

type Site = { site: string; locale: Locale }
const questionsMax = 3
const textCharsMax = 400

/** The body of a mail in the order of importance: the account, what is for you, the house, what came of it, what you can do. */
export function writeItems(items: MailItem[], say: Say, at: Site): Block[] {
  const of = (...kinds: NoticeKind[]) => items.filter((item) => kinds.includes(item.kind))
  return [
    ...of('account_security').flatMap((item) => securityBlocks(item, say, at)),
    ...titled(
      say('answers.title'),
      of('answer_posted', 'follow_up_posted').flatMap((item) => answerBlocks(item, say, at)),
    ),
    ...titled(
      say('house.title'),
      of('post_decided', 'report_decided').flatMap((item) => houseBlocks(item, say, at)),
    ),
    ...titled(
      say('yieldAsked.title'),
      of('yield_asked').flatMap((item) => yieldAskedBlocks(item, say, at)),
    ),
    ...titled(
      say('outcomes.title'),
      of('answer_helped', 'yield_shared').flatMap((item) => outcomeBlocks(item, say, at)),
    ),
    ...titled(
      say('questions.title'),
      questionBlocks(of('question_escalated', 'question_invited', 'question_routed'), say, at),
    ),
  ]
}

const titled = (title: string, blocks: Block[]): Block[] =>
  blocks.length > 0 ? [{ kind: 'heading', text: title }, ...blocks] : []
const questionUrl = ({ number, slug }: MailItem, { site, locale }: Site) =>
  `${site}/${locale === 'nl' ? 'vragen' : 'questions'}/${number}-${slug}`
const namesOf = (item: MailItem, say: Say) => ({ author: item.author ?? say('someone'), title: item.title ?? '' })
const quoteOf = (text: string | null): Block[] => (text ? [{ kind: 'quote', text: shorten(text, textCharsMax) }] : [])

function securityBlocks(item: MailItem, say: Say, { site, locale }: Site): Block[] {
  return [
    { kind: 'heading', text: securityTitle(item, say) },
    ...deviceBlocks(item, say, locale),
    { kind: 'paragraph', text: say('security.lead') },
    { kind: 'paragraph', text: say('security.notYou') },
    {
      kind: 'button',
      text: say('security.button'),
      url: `${site}/${locale === 'nl' ? 'jij/apparaten' : 'you/devices'}`,
    },
  ]
}

/** When and on which kind of device somebody came in. */
function deviceBlocks({ session }: MailItem, say: Say, locale: Locale): Block[] {
  if (!session) return []
  const style = { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Amsterdam' } as const
  const at = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'nl-NL', style).format(new Date(session.at))
  return [{ kind: 'paragraph', text: say('device.text', { device: session.device || say('device.unknown'), at }) }]
}

function answerBlocks(item: MailItem, say: Say, at: Site): Block[] {
  const lead = say(item.kind === 'answer_posted' ? 'answers.answer' : 'answers.followUp', namesOf(item, say))
  return [
    { kind: 'paragraph', text: lead },
    ...quoteOf(item.text),
    { kind: 'button', text: say('answers.button'), url: questionUrl(item, at) },
  ]
}

function outcomeBlocks(item: MailItem, say: Say, at: Site): Block[] {
  const isYield = item.kind === 'yield_shared'
  const lead = say(isYield ? 'outcomes.yieldShared' : 'outcomes.helped', namesOf(item, say))
  return [
    { kind: 'paragraph', text: lead },
    ...(isYield ? quoteOf(item.text) : []),
    { kind: 'button', text: say('outcomes.button'), url: questionUrl(item, at) },
  ]
}

function yieldAskedBlocks(item: MailItem, say: Say, at: Site): Block[] {
  const url = `${questionUrl(item, at)}#opbrengst`
  return [
    { kind: 'paragraph', text: say('yieldAsked.lead', namesOf(item, say)) },
    { kind: 'button', text: say('yieldAsked.button'), url },
  ]
}

function houseBlocks(item: MailItem, say: Say, { site, locale }: Site): Block[] {
  const { decision } = item
  const rule: Block[] = decision?.rule ? [{ kind: 'paragraph', text: say('house.rule', { rule: decision.rule }) }] : []
  return [
    { kind: 'paragraph', text: houseLead(item, say) },
    ...(decision ? [{ kind: 'quote' as const, text: decision.reason }] : []),
    ...rule,
    { kind: 'paragraph', text: say('house.object') },
    { kind: 'button', text: say('house.button'), url: `${site}/${locale === 'nl' ? 'spelregels' : 'house-rules'}` },
  ]
}

function houseLead(item: MailItem, say: Say): string {
  const title = item.title ?? ''
  const was = item.decision?.decision
  if (item.kind === 'report_decided') return say(was === 'hide' ? 'house.reportHide' : 'house.reportKeep')
  if (was === 'seal_opened') return say('house.sealOpened', { title })
  if (was === 'hide') return say('house.hide', { title })
  return was === 'restore' ? say('house.restore', { title }) : say('house.waiting', { title })
}

function questionBlocks(items: MailItem[], say: Say, at: Site): Block[] {
  const shown = items.slice(0, questionsMax).flatMap((item): Block[] => [
    { kind: 'paragraph', text: item.title ?? '' },
    { kind: 'small', text: reasonOf(item, say, at.locale) },
    { kind: 'button', text: say('questions.button'), url: `${questionUrl(item, at)}#denk-mee` },
  ])
  const more = items.length - questionsMax
  if (more <= 0) return shown
  const inbox: Block = {
    kind: 'button',
    text: say('questions.inbox'),
    url: `${at.site}/${at.locale === 'nl' ? 'postvak' : 'inbox'}`,
  }
  return [...shown, { kind: 'paragraph', text: say('questions.more', { n: more }) }, inbox]
}

function reasonOf(item: MailItem, say: Say, locale: Locale): string {
  if (item.kind === 'question_invited') return say('questions.invited')
  if (item.kind === 'question_escalated') return say('questions.escalated')
  return say('questions.routed', { themes: item.themes.map((theme) => theme[locale]).join(', ') })
}
