import type { Context } from '@meedenk/actions/context'
import { carryOutDeparture, findDueDepartures } from '@meedenk/actions/privacy/carry-out-departure'
import type { System } from '@meedenk/domain/actor'
import type { Tools } from '../define-job.ts'
import { sayInLanguage } from '../notifications/say-in-language.ts'
import { letterOf } from '../notifications/write-mail.ts'
import { writeFarewell } from '../people/write-account-mail.ts'

/** Carries out who stopped two weeks ago, each by itself, and says goodbye to an address that is kept nowhere any more. */
export async function carryOutDepartures({ mailer, origin, secret }: Tools, context: Context<System>): Promise<number> {
  let gone = 0
  for (const personId of await findDueDepartures(context)) {
    const farewell = await carryOutDeparture(context, personId)
    if (!farewell) continue
    gone++
    const { email: to, locale, erased } = farewell
    const told = writeFarewell(sayInLanguage(locale), erased)
    // Once only: to try again it would have to be kept whom it was for.
    await mailer
      .send(letterOf({ id: crypto.randomUUID(), to, locale, ...told }, { origin, secret }))
      .catch(() => undefined)
  }
  return gone
}
