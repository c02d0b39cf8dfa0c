import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startChild } from './child.ts'
import { makeFolder, root } from './places.ts'
import { findPort } from './ports.ts'
import { guardProcess } from './watchdog.ts'

export type MailCatcher = { smtpUrl: string; webUrl: string; stop(): Promise<void> }
type Options = { dataDir: string; forTests?: boolean }

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok
  } catch {
    return false
  }
}

/** Starts a mail server that delivers nothing and shows every mail in a web inbox (API: webUrl + /api/email). */
export async function startMailCatcher({ dataDir, forTests = false }: Options): Promise<MailCatcher> {
  const smtpPort = await findPort(forTests ? undefined : 1025)
  const webPort = await findPort(forTests ? undefined : 1080)
  const smtp = ['--smtp', String(smtpPort), '--ip', '127.0.0.1']
  const web = ['--web', String(webPort), '--web-ip', '127.0.0.1']
  const mails = ['--mail-directory', makeFolder(dataDir, 'mails'), '--max-emails', '2000']
  const child = startChild({
    name: 'mail',
    script: join(fileURLToPath(import.meta.resolve('maildev')), '..', 'bin', 'maildev.js'),
    args: [...smtp, ...web, ...mails],
    cwd: root,
    logFile: join(makeFolder(dataDir, 'logs'), 'mail.log'),
    env: process.env,
  })
  const dismiss = guardProcess(child.process.pid ?? 0, 'TERM')
  const webUrl = `http://127.0.0.1:${webPort}`
  const stop = async () => {
    await child.stop()
    dismiss()
  }
  for (const end = Date.now() + 60_000; !(await answers(`${webUrl}/api/email`)); await sleep(50)) {
    if (!child.hasEnded() && Date.now() < end) continue
    await stop()
    throw new Error(`The mail catcher did not start. Its last lines:\n${child.logTail()}`)
  }
  return { smtpUrl: `smtp://127.0.0.1:${smtpPort}`, webUrl, stop }
}
