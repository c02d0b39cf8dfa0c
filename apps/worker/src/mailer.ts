import nodemailer from 'nodemailer'

export type Mail = {
  to: string
  subject: string
  text: string
  html: string
  messageId: string
  headers: Record<string, string>
}
export type Mailer = { send(mail: Mail): Promise<void>; close(): void }

/** Sends over SMTP; every wait ends well within the time a job has. */
export function connectMailer({ url, from }: { url: string; from: string }): Mailer {
  const transport = nodemailer.createTransport({
    url,
    pool: true,
    maxConnections: 3,
    connectionTimeout: 5000,
    greetingTimeout: 5000,
    socketTimeout: 10_000,
    dnsTimeout: 5000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    send: async (mail) => {
      await transport.sendMail({ from, ...mail })
    },
    close: () => transport.close(),
  }
}

/** The mail server says for good that this address takes no mail (5xx at the recipient); trying again would be a nuisance. */
export function isRefused(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { responseCode, command } = error as Error & { responseCode?: number; command?: string } // What nodemailer adds to its errors.
  return responseCode !== undefined && [550, 551, 553].includes(responseCode) && command === 'RCPT TO'
}
