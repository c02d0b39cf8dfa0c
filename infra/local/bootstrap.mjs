// Plain JavaScript without dependencies: this runs on a bare Node 20, before anything is installed.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const bin = join(root, 'node_modules', '.bin')
const stampFile = join(root, 'node_modules', '.meedenk-install')
const tasks = { bench: 'infra/bench/src/main.ts' }
for (const task of ['start', 'test', 'verify', 'journeys']) tasks[task] = `infra/local/src/${task}.ts`

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP']
const firstParent = process.ppid
let current

function stop(signal) {
  if (!current || current.exitCode !== null) process.exit(1)
  current.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal)
  setTimeout(() => current.kill('SIGKILL'), 15_000).unref()
}

/** Passes signals on, and notices when npm is killed without a word (it orphans its scripts). */
function dieWithParent() {
  for (const signal of stopSignals) process.on(signal, () => stop(signal))
  setInterval(() => process.ppid !== firstParent && stop('SIGTERM'), 500).unref()
}

function run(command, args, options) {
  return new Promise((resolve) => {
    current = spawn(command, args, { cwd: root, ...options })
    current.on('error', (error) => {
      process.stderr.write(`${error.message}\n`)
      resolve(1)
    })
    current.on('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 1)))
  })
}

function manifests() {
  const folders = ['apps', 'packages', 'infra'].flatMap((top) =>
    readdirSync(join(root, top), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(top, entry.name)),
  )
  return folders.map((folder) => join(folder, 'package.json')).filter((file) => existsSync(join(root, file)))
}

function installKey() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`)
  for (const file of ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests()]) {
    hash.update(file).update(readFileSync(join(root, file)))
  }
  return hash.digest('hex')
}

/** npm's own variables confuse the tools below it; where packages come from and go to must survive. */
function cleanEnvironment() {
  const kept =
    /^npm_config_(registry|cache|cafile|ca|proxy|https_proxy|noproxy|strict_ssl|userconfig|offline|prefer_offline)$/i
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name) || kept.test(name)))
}

async function install() {
  const key = installKey()
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === key) return
  process.stderr.write('Installing packages (once; a minute or two on a new machine)\n')
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const npm = process.env.npm_execpath?.endsWith('.js') ? [process.execPath, process.env.npm_execpath] : ['npm']
  const [command, ...first] = npm
  const args = ['exec', '--yes', '--loglevel=error', `--package=${packageManager}`, '--']
  const code = await run(command, [...first, ...args, 'pnpm', 'install', '--frozen-lockfile', '--loglevel=error'], {
    stdio: ['ignore', 2, 2],
    env: { ...cleanEnvironment(), CI: 'true' },
  })
  if (code !== 0) {
    process.stderr.write('Installing the packages failed; the lines above say why.\n')
    process.exit(code)
  }
  mkdirSync(dirname(stampFile), { recursive: true })
  writeFileSync(stampFile, key)
}

function findNode() {
  const packaged = join(bin, 'node')
  if (existsSync(packaged)) return packaged
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  process.stderr.write(
    `Meedenk runs on Node 24 or newer. On Linux it brings its own; on ${process.platform} please install Node 24 first (this is ${process.version}).\n`,
  )
  return process.exit(1)
}

const [task, ...args] = process.argv.slice(2)
if (!Object.hasOwn(tasks, task ?? '')) {
  process.stderr.write(`Usage: node infra/local/bootstrap.mjs <${Object.keys(tasks).join('|')}>\n`)
  process.exit(2)
}
dieWithParent()
await install()
const code = await run(findNode(), [join(root, tasks[task]), ...args], {
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  env: { ...cleanEnvironment(), PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` },
})
process.exit(code)
