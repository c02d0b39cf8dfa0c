import { expect } from '@playwright/test'

export type Mail = { id: string; subject: string; text: string; html: string }

const catcher = `${process.env['MEEDENK_MAIL_URL'] ?? 'http://127.0.0.1:1080'}/api/email`

async function readMails(address: string): Promise<Mail[]> {
  const response = await fetch(`${catcher}?to.address=${encodeURIComponent(address)}`)
  // The catcher's own form; what we use of it is checked by the stories.
  return (await response.json()) as Mail[]
}

/** Waits for the newest mail to this address whose subject fits, skipping those that were there before. */
export async function waitForMail(address: string, subject: RegExp, alreadyThere = 0): Promise<Mail> {
  const fitting = async () => (await readMails(address)).filter((mail) => subject.test(mail.subject))
  await expect
    .poll(async () => (await fitting()).length, { message: `mail to ${address}: ${subject}`, timeout: 90_000 })
    .toBeGreaterThan(alreadyThere)
  const newest = (await fitting()).at(-1)
  if (!newest) throw new Error(`The mail to ${address} disappeared`)
  return newest
}

/** How many mails with such a subject came to this address so far. */
export async function countMails(address: string, subject: RegExp): Promise<number> {
  return (await readMails(address)).filter((mail) => subject.test(mail.subject)).length
}

/** The address behind the button or link with this text. */
export function linkIn(mail: Mail, text: RegExp): string {
  const links = mail.html.matchAll(/<a [^>]*href="([^"]+)"[^>]*>([^<]*)<\/a>/g)
  const found = [...links].find(([, , label]) => text.test(label ?? ''))?.[1]
  if (!found) throw new Error(`No link ${text} in the mail "${mail.subject}"`)
  return found.replaceAll('&amp;', '&')
}

/** The six digits of a sign-in mail. */
export function codeIn(mail: Mail): string {
  const code = /^(\d{3}) ?(\d{3})$/m.exec(mail.text)
  if (!code) throw new Error(`No code in the mail "${mail.subject}"`)
  return `${code[1]}${code[2]}`
}

/** A header as it was sent; mail programs act on some that the catcher does not show. */
export async function headerOf(mail: Mail, name: string): Promise<string | undefined> {
  const source = await (await fetch(`${catcher}/${mail.id}/source`)).text()
  const [head = ''] = source.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n\r?\n/)
  return new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]?.trim()
}
