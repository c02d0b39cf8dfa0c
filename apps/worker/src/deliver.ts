import type { Context } from '@meedenk/actions/context'
import { markMail } from '@meedenk/actions/notifications/mark-mail'
import { readMail } from '@meedenk/actions/notifications/read-mail'
import type { System } from '@meedenk/domain/actor'
import type { Tools } from './define-job.ts'
import { isRefused } from './mailer.ts'
import { writeMail } from './notifications/write-mail.ts'

/** Reads, writes and sends one mail. At least once: a crash after the mail server took it sends it again with the same Message-ID. */
export async function deliver(
  context: Context<System>,
  mailId: string,
  { mailer, origin, secret }: Tools,
): Promise<void> {
  const content = await readMail(context, mailId)
  if (content === null) return
  if (content === 'nothing_left') return markMail(context, mailId, 'sent')
  try {
    await mailer.send(writeMail(content, { origin, secret }))
  } catch (error) {
    const refused = isRefused(error)
    await markMail(context, mailId, refused ? 'refused' : 'tried')
    if (refused) return
    throw error
  }
  await markMail(context, mailId, 'sent')
}
