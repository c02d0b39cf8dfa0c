import { type DatabaseUrls, startDatabase } from './database.ts'
import { fillWithDemo } from './demo.ts'
import { startMailCatcher } from './mail-catcher.ts'
import { makeDataDir } from './places.ts'
import { findPort, isPortFree } from './ports.ts'
import { startPrograms } from './programs.ts'
import { keepSecrets } from './secrets.ts'
import type { SignIn } from './seed.ts'
import { takeTypesOut } from './take-types-out.ts'
import { buildWeb } from './web-build.ts'

export type Stack = {
  origin: string
  mailUrl: string | undefined
  smtpUrl: string
  urls: DatabaseUrls
  secret: string
  signIn: SignIn[]
  /** Where the embedded database keeps its files. */
  databaseFolder: string | undefined
  stop(): Promise<void>
}

export type StackOptions = {
  dataDir: string
  /** Forced; without it 3000 or a free port. */
  port?: number
  seed?: 'demo' | 'empty'
  /** No service of the outside environment is used and nothing is kept. */
  forTests?: boolean
  quiet?: boolean
  /** Extra settings for api and worker. */
  env?: NodeJS.ProcessEnv
}

type Part = { stop(): Promise<void> }

async function choosePort({ port, forTests }: StackOptions): Promise<number> {
  if (port === undefined) return findPort(forTests ? undefined : 3000)
  if (await isPortFree(port)) return port
  throw new Error(`Port ${port} is taken. Stop what runs there, choose another PORT, or leave PORT out.`)
}

async function startMail(options: StackOptions) {
  const external = options.forTests ? undefined : process.env['SMTP_URL']
  if (!external) return startMailCatcher(options)
  return { smtpUrl: external, webUrl: undefined, stop: async () => undefined }
}

/** Our own environment, in tests without the services it names. */
function outsideEnv(forTests: boolean): NodeJS.ProcessEnv {
  const { REDIS_URL, ...env } = process.env
  return { NODE_ENV: 'development', ...env, ...(REDIS_URL && !forTests ? { REDIS_URL } : {}) }
}

/** Starts database, mail catcher, api and worker together on this machine; `stop` ends what was started here. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { dataDir, seed = 'demo', forTests = false } = options
  const say = options.quiet ? () => undefined : (line: string) => console.log(line)
  const parts: Part[] = []
  const keep = async <Started extends Part>(starting: Promise<Started>) => {
    const part = await starting
    parts.push(part)
    return part
  }
  const stop = async () => {
    // Programs before the services they use.
    for (let part = parts.pop(); part; part = parts.pop()) await part.stop()
  }
  try {
    const port = await choosePort(options)
    const origin = `http://localhost:${port}`
    makeDataDir(dataDir)
    const secrets = keepSecrets(dataDir)
    const building = buildWeb()
    // It is awaited below; until then another failure may come first.
    building.catch(() => undefined)
    const takingTypesOut = takeTypesOut(dataDir, say)

    say('Starting PostgreSQL and bringing the database up to date')
    const database = keep(startDatabase({ dataDir, secrets, forTests }))
    const [{ urls, folder: databaseFolder }, mail] = await Promise.all([database, keep(startMail(options))])
    const { smtpUrl, webUrl: mailUrl } = mail
    const known = { dataDir, urls, secret: secrets.secret, say }
    // Before the programs start, so that they find a past and not a flood of news.
    const signIn = seed === 'demo' ? await fillWithDemo({ ...known, webOrigin: origin }) : []
    say('Building the web (only when it changed)')
    await building
    say('Starting api and worker')
    const base = outsideEnv(forTests)
    const withoutTypes = await takingTypesOut
    await keep(startPrograms({ ...known, port, origin, smtpUrl, withoutTypes, base, extra: options.env }))
    return { origin, mailUrl, smtpUrl, urls, secret: secrets.secret, signIn, databaseFolder, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
