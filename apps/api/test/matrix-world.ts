import { createHmac } from 'node:crypto'
import { Writable } from 'node:stream'
import type { TestDatabase } from '@meedenk/db/test/database'
import { givenChannel, givenPerson, givenTheme, type TestPerson } from '@meedenk/db/test/factories'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { afterAll } from 'vitest'
import { buildApp } from '../src/app.ts'
import { type AccessToken, accessCookie } from '../src/plugins/session.ts'
import { testOrigin, testSecret } from './api.ts'
import { givenWebDir } from './web.ts'

/** Everybody who may call. Asker and writer wrote the question and its answer; the insider is in closed channel A; stale is a moderator who proved that hours ago. */
export const actorNames = [
  'visitor',
  'member',
  'asker',
  'writer',
  'insider',
  'paused',
  'stopped',
  'moderator',
  'admin',
  'revoked',
  'expired',
  'stale',
] as const
export type ActorName = (typeof actorNames)[number]
/** Who is nobody to the edge, whatever cookie they bring. */
export const strangers: readonly ActorName[] = ['visitor', 'stopped', 'revoked', 'expired']
export const moderators: readonly ActorName[] = ['moderator', 'admin', 'stale']

export type World = {
  database: TestDatabase
  app: FastifyInstance
  people: Record<Exclude<ActorName, 'visitor'>, TestPerson>
  /** Asked and answered anonymously; their name must not be found anywhere. */
  sealer: TestPerson
  channelA: string
  channelB: string
  themeId: string
  logs: string[]
  cookiesOf(name: ActorName, person?: TestPerson): Record<string, string>
}

const hour = 3_600_000
const tokenSeconds = () => Math.floor(Date.now() / 1000)

/** The real edge with pages and a log, and one person of every kind; every text they wrote is a canary `KAN-<scope>-…`. */
export async function givenMatrixWorld(database: TestDatabase): Promise<World> {
  const logs: string[] = []
  const stream = new Writable({
    write(chunk, _encoding, done) {
      logs.push(String(chunk))
      done()
    },
  })
  const app = await buildApp({
    db: database.api,
    secret: testSecret,
    origin: testOrigin,
    clock: () => new Date(),
    production: false,
    webDir: givenWebDir(),
    rateLimitPerMinute: 1_000_000,
    log: pino({ level: 'trace' }, stream),
  })
  await app.ready()
  afterAll(() => app.close())

  const theme = await givenTheme(database, { name: 'KAN-open-theme' })
  const people = {} as World['people'] // Filled by the loop.
  for (const name of actorNames)
    if (name !== 'visitor') people[name] = await givenCanaryPerson(database, name, theme.id)
  const sealer = await givenSealer(database)
  const channelA = (await givenChannel(database, [people.insider])).id
  const channelB = (await givenChannel(database)).id
  await database.owner.query(`update channels set name = 'KAN-closedb-channel' where id = $1`, [channelB])
  app.revokedSessions.set(people.revoked.sessionId, Date.now() + hour)

  const cookiesOf = (name: ActorName, person?: TestPerson): Record<string, string> => {
    if (name === 'visitor') return {}
    const { personId, sessionId, level } = person ?? people[name]
    const claims: AccessToken = {
      sub: personId,
      sid: sessionId,
      lvl: level,
      pat: tokenSeconds() - (name === 'stale' ? 3 * 3600 : 0),
    }
    const token = name === 'expired' ? expiredToken(claims) : app.jwt.sign(claims)
    return { [accessCookie]: token }
  }
  return { database, app, people, sealer, channelA, channelB, themeId: theme.id, logs, cookiesOf }
}

const base64 = (value: object | Buffer) =>
  (Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value))).toString('base64url')

/** A token of ours that ran out ten minutes ago; made by hand, because the library makes none. */
function expiredToken(claims: object): string {
  const at = tokenSeconds()
  const content = `${base64({ alg: 'HS256', typ: 'JWT' })}.${base64({ ...claims, iat: at - 900, exp: at - 600, iss: 'meedenk', aud: 'meedenk-web' })}`
  return `${content}.${base64(createHmac('sha256', testSecret).update(content).digest())}`
}

const traits: Partial<Record<ActorName, Parameters<typeof givenPerson>[1]>> = {
  paused: { state: 'paused' },
  stopped: { state: 'stopped' },
  moderator: { platformRole: 'moderator' },
  admin: { platformRole: 'admin' },
  stale: { platformRole: 'moderator' },
}

/** A person of that kind without canaries, for calls that end their session. */
export const givenActor = (database: TestDatabase, name: ActorName): Promise<TestPerson> =>
  givenPerson(database, traits[name] ?? {})

async function givenCanaryPerson(database: TestDatabase, name: ActorName, themeId: string): Promise<TestPerson> {
  const mine = `KAN-mine${name}`
  const person = await givenPerson(database, {
    ...traits[name],
    name: `KAN-open-name-${name}`,
    email: `${mine.toLowerCase()}-mail@voorbeeld.test`,
  })
  await database.owner.query(
    `with one as (update people set about = $2::text || '-about', about_visibility = 'nobody', organisation = 'KAN-members-organisation' where id = $1::uuid),
      two as (insert into drafts (person_id, key, content, saved_at) values ($1::uuid, 'answer-' || $3::uuid, json_build_object('text', $2::text || '-draft')::text, now())),
      three as (update sessions set device = $2::text || '-device' where person_id = $1::uuid),
      four as (insert into person_expertises (theme_id, person_id, level, since) values ($3::uuid, $1::uuid, 'much', now()))
     insert into passkeys (id, person_id, public_key, counter, transports, label, created_at) values ($2::text, $1::uuid, 'x', 0, '{}', $2::text || '-passkey', now())`,
    [person.personId, mine, themeId],
  )
  return person
}

async function givenSealer(database: TestDatabase): Promise<TestPerson> {
  const sealer = await givenPerson(database, {
    name: 'KAN-seal-name',
    email: 'kan-seal-mail@voorbeeld.test',
    jobTitle: 'KAN-seal-job',
  })
  await database.owner.query(
    `update people set handle = 'kan-seal-handle', profile_visibility = 'nobody', job_title_visibility = 'nobody' where id = $1`,
    [sealer.personId],
  )
  return { ...sealer, handle: 'kan-seal-handle' }
}
