import { emailUndoToken } from '@meedenk/actions/people/change-email'
import type { AccountMail } from '@meedenk/actions/people/read-account-mail'
import { unseal } from '@meedenk/actions/seal'
import type { Block } from '../notifications/lay-out-mail.ts'
import type { Say } from '../notifications/say-in-language.ts'

type House = { origin: string; secret: string }
type Told = { subject: string; blocks: Block[] }

const paragraph = (text: string): Block => ({ kind: 'paragraph', text })
const small = (text: string): Block => ({ kind: 'small', text })
const button = (text: string, url: string): Block => ({ kind: 'button', text, url })

/** What a mail about an account says, from its facts. */
export function writeAccountMail(mail: AccountMail, say: Say, { origin, secret }: House): Told {
  const site = mail.locale === 'en' ? `${origin}/en` : origin
  const path = (nl: string, en: string) => `${site}/${mail.locale === 'en' ? en : nl}`
  switch (mail.template) {
    case 'confirmation':
      return writeConfirmation(mail, say, secret)
    case 'address_in_use':
      return {
        subject: say('inUse.subject'),
        blocks: [
          paragraph(say('inUse.text')),
          paragraph(say('inUse.you')),
          button(say('inUse.button'), path('inloggen', 'sign-in')),
          small(say('inUse.notYou')),
        ],
      }
    case 'email_changed':
      return {
        subject: say('moved.subject'),
        blocks: [
          paragraph(say('moved.text', { mail: mail.shaded })),
          paragraph(say('moved.you')),
          paragraph(say('moved.notYou', { until: dayOf(mail.until, mail.locale, true) })),
          button(
            say('moved.button'),
            `${path('jij/mailadres-terug', 'you/address-back')}#${emailUndoToken(secret, mail.moveId)}`,
          ),
        ],
      }
    case 'departure_planned':
      return writeDeparture(mail, say, path('inloggen', 'sign-in'))
    case 'welcome':
      return {
        subject: say('welcome.subject', { name: mail.name }),
        blocks: [
          paragraph(say('greeting', { name: mail.name })),
          paragraph(say('welcome.lead')),
          paragraph(say('welcome.questions')),
          paragraph(say('welcome.answer')),
          button(say('welcome.button'), path('vragen', 'questions')),
          small(say('welcome.pace')),
        ],
      }
    case 'export_ready':
      return {
        subject: say('exportReady.subject'),
        blocks: [
          paragraph(say('greeting', { name: mail.name })),
          paragraph(say('exportReady.text', { until: dayOf(mail.until, mail.locale) })),
          button(say('exportReady.button'), path('jij/meenemen', 'you/take-along')),
          small(say('exportReady.notYou')),
        ],
      }
    case 'report_received':
      return {
        subject: say('reportReceived.subject', { number: mail.number }),
        blocks: [
          paragraph(say('reportReceived.thanks')),
          paragraph(say('reportReceived.then', { due: dayOf(mail.dueAt, mail.locale, true) })),
        ],
      }
    case 'report_decided':
      return writeDecision(mail, say, path('spelregels', 'house-rules'))
  }
}

function writeConfirmation(mail: Extract<AccountMail, { template: 'confirmation' }>, say: Say, secret: string): Told {
  const isStop = mail.purpose === 'stop'
  return {
    subject: say(isStop ? 'confirmStop.subject' : 'confirmAddress.subject'),
    blocks: [
      paragraph(say(isStop ? 'confirmStop.lead' : 'confirmAddress.lead')),
      { kind: 'code', text: unseal(secret, mail.codeSealed) },
      small(say('confirmAddress.valid')),
      small(say(isStop ? 'confirmStop.notYou' : 'confirmAddress.notYou')),
    ],
  }
}

const fates = {
  without_name: 'departure.withoutName',
  with_name: 'departure.withName',
  erase: 'departure.erase',
} as const

function writeDeparture(mail: Extract<AccountMail, { template: 'departure_planned' }>, say: Say, signIn: string): Told {
  const until = dayOf(mail.until, mail.locale)
  return {
    subject: say('departure.subject', { until }),
    blocks: [
      paragraph(say('greeting', { name: mail.name })),
      paragraph(say('departure.text', { until })),
      paragraph(say(fates[mail.contributions])),
      paragraph(say('departure.back')),
      button(say('departure.button'), signIn),
    ],
  }
}

function writeDecision(mail: Extract<AccountMail, { template: 'report_decided' }>, say: Say, rules: string): Told {
  return {
    subject: say('reportDecided.subject', { number: mail.number }),
    blocks: [
      paragraph(say(mail.decision === 'hide' ? 'house.reportHide' : 'house.reportKeep')),
      { kind: 'quote', text: mail.reason },
      ...(mail.rule ? [paragraph(say('house.rule', { rule: mail.rule }))] : []),
      paragraph(say('reportDecided.human')),
      paragraph(say('house.object')),
      button(say('house.button'), rules),
    ],
  }
}

/** A day in Dutch time, with the hour where that matters. */
function dayOf(moment: string, locale: 'nl' | 'en', withTime = false): string {
  const style = withTime ? ({ dateStyle: 'long', timeStyle: 'short' } as const) : ({ dateStyle: 'long' } as const)
  const format = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'nl-NL', {
    ...style,
    timeZone: 'Europe/Amsterdam',
  })
  return format.format(new Date(moment))
}

/** The last mail, to an address that the house has forgotten by now. */
export function writeFarewell(say: Say, erased: number): Told {
  return {
    subject: say('farewell.subject'),
    blocks: [
      paragraph(say('farewell.text')),
      ...(erased > 0 ? [paragraph(say('farewell.erased', { n: erased }))] : []),
      paragraph(say('farewell.thanks')),
    ],
  }
}
