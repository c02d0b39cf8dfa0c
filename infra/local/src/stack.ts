import { join } from 'node:path'
import { type DatabaseUrls, startDatabase } from './database.ts'
import { fillWithDemo } from './demo.ts'
import { keepRunning } from './keep-running.ts'
import { startMailCatcher } from './mail-catcher.ts'
import { makeDataDir, makeFolder, root } from './places.ts'
import { findPort, isPortFree } from './ports.ts'
import { keepSecrets } from './secrets.ts'
import type { SignIn } from './seed.ts'
import { buildWeb, webDir } from './web-build.ts'

export type Stack = {
  origin: string
  mailUrl: string | undefined
  smtpUrl: string
  urls: DatabaseUrls
  signIn: SignIn[]
  stop(): Promise<void>
}

export type StackOptions = {
  dataDir: string
  /** Forced; without it 3000 or a free port. */
  port?: number
  seed?: 'demo' | 'empty'
  /** Nothing of the outside environment is used and nothing is kept. */
  forTests?: boolean
  quiet?: boolean
  /** Extra settings for api and worker. */
  env?: NodeJS.ProcessEnv
}

/** Starting may take long on a starved machine, but not for ever. */
const readyMs = 180_000

async function choosePort({ port, forTests }: StackOptions): Promise<number> {
  if (port === undefined) return findPort(forTests ? undefined : 3000)
  if (await isPortFree(port)) return port
  throw new Error(`Port ${port} is taken. Stop what runs there, choose another PORT, or leave PORT out.`)
}

function startMail(options: StackOptions) {
  const external = options.forTests ? undefined : process.env['SMTP_URL']
  if (!external) return startMailCatcher(options)
  return { smtpUrl: external, webUrl: undefined, stop: async () => undefined }
}

/** Starts database, mail catcher, api and worker together on this machine; `stop` ends what was started here. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { dataDir, seed = 'demo', forTests = false } = options
  const say = options.quiet ? () => undefined : (line: string) => console.log(line)
  const stops: (() => Promise<void>)[] = []
  const stop = async () => {
    while (stops.length > 0) await stops.pop()?.()
  }
  try {
    const port = await choosePort(options)
    const origin = `http://localhost:${port}`
    makeDataDir(dataDir)
    const logs = makeFolder(dataDir, 'logs')
    const secrets = keepSecrets(dataDir)
    const building = buildWeb()
    building.catch(() => undefined)

    say('Starting PostgreSQL and bringing the database up to date')
    const database = await startDatabase({ dataDir, secrets, forTests })
    stops.push(database.stop)
    const mail = await startMail(options)
    stops.push(mail.stop)
    say('Building the web (only when it changed)')
    await building

    say('Starting api and worker')
    const base = { ...outsideEnv(forTests), MEEDENK_SECRET: secrets.secret, PUBLIC_ORIGIN: origin }
    const { apiUrl, workerUrl, queueUrl } = database.urls
    const start = async (name: 'api' | 'worker', script: string, env: NodeJS.ProcessEnv) => {
      const cwd = join(root, 'apps', name)
      const metrics = { METRICS_PORT: String(await findPort()) }
      const program = { name, script: join(cwd, script), cwd, logFile: join(logs, `${name}.log`) }
      return keepRunning({ ...program, env: { ...base, ...metrics, ...env, ...options.env }, readyMs, say })
    }
    const api = await start('api', 'src/server.ts', { PORT: String(port), DATABASE_URL: apiUrl, WEB_DIR: webDir })
    stops.push(api.stop)
    const workerEnv = { DATABASE_URL: workerUrl, QUEUE_DATABASE_URL: queueUrl, SMTP_URL: mail.smtpUrl }
    const worker = await start('worker', 'src/main.ts', workerEnv)
    stops.push(worker.stop)

    const demo = { dataDir, urls: database.urls, webOrigin: origin, secret: secrets.secret, say }
    const signIn = seed === 'demo' ? await fillWithDemo(demo) : []
    return { origin, mailUrl: mail.webUrl, smtpUrl: mail.smtpUrl, urls: database.urls, signIn, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Our own environment, without the settings that name services we just started ourselves. */
function outsideEnv(forTests: boolean): NodeJS.ProcessEnv {
  const { REDIS_URL, ...env } = process.env
  return { NODE_ENV: 'development', ...env, ...(REDIS_URL && !forTests ? { REDIS_URL } : {}) }
}
