import { delimiter, join } from 'node:path'
import { checkDocs } from './checks/check-docs.ts'
import { checkLocales } from './checks/check-locales.ts'
import { checkRooms } from './checks/check-rooms.ts'
import { runCommand } from './run-command.ts'
import { listWorkspaces, type Workspace } from './workspaces.ts'

type Outcome = { ok: boolean; output: string }
type Check = { name: string; run(): Promise<Outcome> }

const atOnce = 2
const config = (file: string) => `packages/config/${file}`

function tool(name: string, command: string, ...args: string[]): Check {
  return { name, run: () => runCommand(command, args) }
}

function own(name: string, findProblems: () => string[]): Check {
  const run = async () => {
    const problems = findProblems()
    return { ok: problems.length === 0, output: problems.join('\n') }
  }
  return { name, run }
}

function types({ name, folder, typesCommand = '' }: Workspace): Check {
  const [command = '', ...args] = typesCommand.split(' ')
  const path = [join(folder, 'node_modules', '.bin'), process.env['PATH']].join(delimiter)
  const bin = join(folder, 'node_modules', '.bin', command)
  return { name: `types ${name}`, run: () => runCommand(bin, args, { cwd: folder, env: { PATH: path } }) }
}

function listChecks(): Check[] {
  // The slowest first, so that the two lanes end together.
  const typed = listWorkspaces()
    .filter(({ typesCommand }) => typesCommand && typesCommand !== 'true')
    .sort((one, other) => Number(other.name === 'apps/web') - Number(one.name === 'apps/web'))
  const cruise = ['--config', config('dependency-cruiser.cjs'), '--output-type', 'err', 'apps', 'packages', 'infra']
  return [
    ...typed.map(types),
    tool('dead code', 'knip', '--config', config('knip.json'), '--no-progress'),
    tool(
      'form',
      'biome',
      'check',
      `--config-path=${config('biome.json')}`,
      '--error-on-warnings',
      '--max-diagnostics=40',
      '.',
    ),
    tool('boundaries', 'depcruise', ...cruise),
    own('rooms', checkRooms),
    own('locales', checkLocales),
    own('docs', checkDocs),
  ]
}

async function runCheck(check: Check): Promise<boolean> {
  const startedAt = performance.now()
  const { ok, output } = await check.run()
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${check.name} (${seconds} s)`)
  if (!ok) console.log(`${output.trim().replace(/^/gm, '    ')}\n`)
  return ok
}

/** Runs every check that needs no services, to the end, and says how many failed. */
export async function verify(): Promise<number> {
  const waiting = listChecks()
  let failed = 0
  const lane = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      if (!(await runCheck(check))) failed++
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  return failed
}
