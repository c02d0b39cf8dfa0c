import type { Tx } from '@meedenk/db/connection'
import { accounts } from '@meedenk/db/schema'
import { actAs } from '@meedenk/db/tenancy'
import type { Person } from '@meedenk/domain/actor'
import { ProductError } from '@meedenk/domain/errors'
import { type MailLinkAct, type MailLinkView, type Pace, paceKinds } from '@meedenk/domain/notifications/schemas'
import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import { type Context, one } from '../context.ts'
import { readSettingsOf } from './read-settings.ts'
import { writeSettings } from './save-settings.ts'
import { type MailLink, readMailLink } from './sign-mail-link.ts'

type View = z.output<typeof MailLinkView>
type LinkContext = Context & { secret: string }
const monthMs = 30 * 86_400_000

/** Does what a link in a mail says, without signing in: stop or slow down its kind of mail, or pause a month. The token is the right. */
export function followMailLink(
  context: LinkContext,
  token: string,
  { act }: z.output<typeof MailLinkAct>,
): Promise<View> {
  return inTheNameOfReader(context, token, async (tx, asReader, link) => {
    const pace: Pace = act === 'weekly' ? 'weekly' : 'pause'
    const kinds = link.kind === 'all' ? paceKinds : [link.kind]
    const changes =
      act === 'pause_month'
        ? { pausedUntil: new Date(context.now.getTime() + monthMs).toISOString() }
        : { paces: Object.fromEntries(kinds.map((kind) => [kind, pace])) }
    await writeSettings(tx, asReader, link.personId, changes)
  })
}

/** What a link in a mail is about; looking changes nothing. */
export function readFromMailLink(context: LinkContext, token: string): Promise<View> {
  return inTheNameOfReader(context, token, async () => undefined)
}

async function inTheNameOfReader(
  context: LinkContext,
  token: string,
  work: (tx: Tx, asReader: Context, link: MailLink) => Promise<void>,
): Promise<View> {
  const link = readMailLink(context.secret, token)
  if (!link) throw new ProductError('not_found')
  // Only as far as the walls need it: the settings of this one person, nothing that asks for a session.
  const reader: Person = {
    kind: 'person',
    personId: link.personId,
    sessionId: '',
    level: 1,
    platformRole: 'member',
    state: 'active',
  }
  return actAs(context.db, reader, async (tx) => {
    const { email } = one(
      await tx.select({ email: accounts.email }).from(accounts).where(eq(accounts.personId, link.personId)),
    )
    await work(tx, { ...context, actor: reader }, link)
    const { paces } = await readSettingsOf(tx, link.personId, context.now)
    return { kind: link.kind, email: shade(email), paces }
  })
}

/** Enough to know one's own address, too little for whoever found a forwarded mail. */
const shade = (email: string) => email.replace(/^(.).*@/, '$1…@')
