import { join } from 'node:path'
import type { DatabaseUrls } from './database.ts'
import { keepRunning } from './keep-running.ts'
import { makeFolder, root } from './places.ts'
import { findPort } from './ports.ts'
import type { WithoutTypes } from './take-types-out.ts'
import { webDir } from './web-build.ts'

type Options = {
  dataDir: string
  port: number
  origin: string
  secret: string
  urls: DatabaseUrls
  smtpUrl: string
  withoutTypes: WithoutTypes
  /** The environment that both programs start from, and what must win from everything else. */
  base: NodeJS.ProcessEnv
  extra?: NodeJS.ProcessEnv | undefined
  say(line: string): void
}

/** Starting may take long on a starved machine, but not for ever. */
const readyMs = 180_000

/** Starts api and worker, each in its own process, and keeps them running. */
export async function startPrograms(options: Options): Promise<{ stop(): Promise<void> }> {
  const { port, origin, secret, urls, smtpUrl, withoutTypes } = options
  const logs = makeFolder(options.dataDir, 'logs')
  const start = async (name: string, script: string, env: NodeJS.ProcessEnv) => {
    const cwd = join(root, 'apps', name)
    const common = { MEEDENK_SECRET: secret, PUBLIC_ORIGIN: origin, METRICS_PORT: String(await findPort()) }
    return keepRunning({
      name,
      script: join(cwd, script),
      cwd,
      logFile: join(logs, `${name}.log`),
      execArgv: withoutTypes.execArgv,
      env: { ...options.base, ...withoutTypes.env, ...common, ...env, ...options.extra },
      readyMs,
      say: options.say,
    })
  }
  const api = { HOST: 'localhost', PORT: String(port), DATABASE_URL: urls.apiUrl, WEB_DIR: webDir }
  const worker = { DATABASE_URL: urls.workerUrl, QUEUE_DATABASE_URL: urls.queueUrl, SMTP_URL: smtpUrl }
  const started = await Promise.allSettled([start('api', 'src/server.ts', api), start('worker', 'src/main.ts', worker)])
  const running = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const stop = async () => {
    await Promise.all(running.map((program) => program.stop()))
  }
  for (const one of started) {
    if (one.status === 'fulfilled') continue
    await stop()
    throw one.reason
  }
  return { stop }
}
