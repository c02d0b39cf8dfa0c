import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { root } from './places.ts'
import { runCommand } from './run-command.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
const fixedPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

function findOnSystem(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const onPath = folders.flatMap((folder) => names.map((name) => join(folder, name)))
  return [...onPath, ...fixedPlaces].find((path) => existsSync(path))
}

async function installFromDebian(): Promise<string | undefined> {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined
  console.log('No browser found; installing chromium with apt-get')
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  await runCommand('apt-get', ['update'], { env })
  const ran = await runCommand('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env })
  if (!ran.ok) console.error(ran.output.slice(-1500))
  return findOnSystem()
}

async function installFromPlaywright(): Promise<string | undefined> {
  console.log('No browser found; asking Playwright to install chromium')
  const cwd = join(root, 'apps', 'journeys')
  const ran = await runCommand(join(cwd, 'node_modules', '.bin', 'playwright'), ['install', 'chromium'], { cwd })
  if (!ran.ok) console.error(ran.output.slice(-1500))
  const script = "import('@playwright/test').then((p) => console.log(p.chromium.executablePath()))"
  const asked = await runCommand(process.execPath, ['-e', script], { cwd })
  const path = asked.output.trim()
  return existsSync(path) ? path : undefined
}

/** Finds Chromium for the journeys, or gets it; without one the journeys fail rather than being skipped. */
export async function findBrowser(): Promise<string> {
  const chosen = process.env['CHROMIUM']
  if (chosen && !existsSync(chosen)) throw new Error(`CHROMIUM names ${chosen}, which is not there.`)
  const found = chosen || findOnSystem() || (await installFromDebian()) || (await installFromPlaywright())
  if (!found) throw new Error('The journeys need Chromium. Install it, or set CHROMIUM to the path of a browser.')
  const asked = await runCommand(found, ['--version'])
  if (!asked.ok) throw new Error(`The browser ${found} does not run:\n${asked.output}`)
  return found
}
