import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './places.ts'
import { runCommand } from './run-command.ts'

const script = join(root, 'infra', 'local', 'without-types.mjs')

/** How a program starts with its types taken out beforehand. */
export type WithoutTypes = { execArgv: string[]; env: NodeJS.ProcessEnv }

/** Takes the types out of all sources, in a process of its own: the memory that costs goes with it. */
export async function takeTypesOut(dataDir: string, say: (line: string) => void): Promise<WithoutTypes> {
  const kept = join(dataDir, 'without-types')
  const ran = await runCommand(process.execPath, ['--disable-warning=ExperimentalWarning', script, kept])
  if (ran.ok) return { execArgv: [`--import=${pathToFileURL(script).href}`], env: { MEEDENK_WITHOUT_TYPES: kept } }
  say(`The types could not be taken out beforehand; api and worker take more memory now.\n${ran.output}`)
  return { execArgv: [], env: {} }
}
