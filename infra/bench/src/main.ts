import { fork } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { connect } from '@meedenk/db/connection'
import { startStack } from '@meedenk/local/stack'
import pg from 'pg'
import type { Bench } from './bench.ts'
import { fill, sizes } from './data.ts'
import { memory, stream } from './lines/living.ts'
import { page } from './lines/page.ts'
import { readList, readQuestion, suggest } from './lines/reading.ts'
import { start } from './lines/start.ts'
import { fanOut, reply } from './lines/writing.ts'
import { type Line, print, write } from './report.ts'
import { memoryOf, tellsHeld } from './rounds.ts'

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, json: { type: 'string' }, only: { type: 'string' } },
})
const quick = options.quick ?? false
const wanted = (name: string) => !options.only || options.only.split(',').includes(name)
const lines: Line[] = []
const add = (line: Line) => {
  lines.push(line)
  print(line)
}

const dataDir = mkdtempSync(join(tmpdir(), 'meedenk-bench-'))
// PostgreSQL runs as another account when we are root, and must be able to pass through.
chmodSync(dataDir, 0o711)
// The bench measures a stack of its own, never somebody's database.
delete process.env['DATABASE_URL']
const memoryFile = join(dataDir, 'held')
const size = sizes[quick ? 'quick' : 'full']
let failed = false

function startCeiling(url: string): Promise<{ origin: string; pid: number; stop(): void }> {
  const child = fork(fileURLToPath(new URL('./ceiling-server.ts', import.meta.url)), {
    env: { ...process.env, CEILING_URL: url, NODE_ENV: 'production' },
  })
  return new Promise((resolve, reject) => {
    child.once('message', (message: { port: number }) =>
      resolve({ origin: `http://127.0.0.1:${message.port}`, pid: child.pid ?? 0, stop: () => child.kill() }),
    )
    child.once('error', reject)
  })
}

/** The API says nothing about itself, so its process is found by the port it was given. */
function findApi(port: string): number {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const env = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
      if (env.includes('MEEDENK_PROCESS=api') && env.includes(`PORT=${port}`)) return Number(pid)
    } catch {
      // Ended meanwhile, or of somebody else.
    }
  }
  throw new Error('The process of the API was not found')
}

async function attempt(name: string, work: () => Promise<void> | void) {
  if (!wanted(name)) return
  try {
    await work()
  } catch (error) {
    failed = true
    console.error(`FAILED ${name}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

async function measureStack() {
  console.log(`Starting a stack of its own with ${size.members} members and ${size.questions} questions`)
  const stack = await startStack({
    dataDir,
    seed: 'empty',
    quiet: true,
    env: {
      RATE_LIMIT_PER_MINUTE: '100000000',
      STREAMS_PER_NETWORK: '100000',
      LOG_LEVEL: 'info',
      ...tellsHeld(memoryFile),
    },
  })
  const owner = new pg.Pool({ connectionString: stack.urls.ownerUrl, max: 2 })
  owner.on('error', () => undefined)
  const worker = connect({ url: stack.urls.workerUrl, connectionsMax: 2 })
  const ceiling = await startCeiling(stack.urls.ownerUrl)
  try {
    const apiPid = findApi(new URL(stack.origin).port)
    const idle = memoryOf(apiPid)
    await fill(stack.urls.ownerUrl, size)
    const bench: Bench = {
      quick,
      size,
      rounds: quick ? { rounds: 3, seconds: 2 } : { rounds: 4, seconds: 3 },
      origin: stack.origin,
      apiPid: apiPid,
      secret: stack.secret,
      ceiling,
      ownerUrl: stack.urls.ownerUrl,
      owner,
      worker,
      dataDir,
      memoryFile,
      add,
    }
    await attempt('question', () => readQuestion(bench))
    await attempt('list', () => readList(bench))
    await attempt('suggest', () => suggest(bench))
    await attempt('reply', () => reply(bench))
    await attempt('fanout', () => fanOut(bench))
    await attempt('sse', () => stream(bench))
    await attempt('page', () => page(bench))
    await attempt('memory', () => memory(bench, idle))
  } finally {
    ceiling.stop()
    await Promise.all([owner.end(), worker.end()])
    await stack.stop()
  }
}

try {
  if (['question', 'list', 'suggest', 'reply', 'fanout', 'sse', 'page', 'memory'].some(wanted)) await measureStack()
  await attempt('start', () => start(join(dataDir, 'start'), add))
} finally {
  rmSync(dataDir, { recursive: true, force: true })
}
if (options.json) write(options.json, lines)
const missed = lines.filter((line) => !line.holds)
console.log(
  `${lines.length - missed.length} of ${lines.length} targets held${missed.length > 0 ? `; missed: ${missed.map((line) => line.name).join(', ')}` : ''}`,
)
if (failed) process.exitCode = 1
