import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { root } from './places.ts'
import { takeTypesOut } from './take-types-out.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'meedenk-types-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

const source = join(root, 'apps/api/src/config.ts')
/** Lets a source of the API fail, and tells where it did and whether Node had to strip types itself. */
const program = `
  const { readConfig } = await import(${JSON.stringify(pathToFileURL(source).href)})
  let stack = ''
  try { readConfig({}) } catch (error) { stack = error.stack }
  console.log(JSON.stringify({ stack, stripper: process.moduleLoadList.some((name) => name.includes('amaro')) }))`

function run(execArgv: string[], env: NodeJS.ProcessEnv): { stack: string; stripper: boolean } {
  const output = execFileSync(process.execPath, [...execArgv, '--input-type=module', '-e', program], {
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    encoding: 'utf8',
  })
  // Written by the program above.
  return JSON.parse(output) as { stack: string; stripper: boolean }
}

describe('types taken out beforehand', () => {
  it('spare the programs the stripper, and leave the lines of a stack trace as they are', async () => {
    const { execArgv, env } = await takeTypesOut(dataDir, (line) => expect.unreachable(line))
    const line =
      readFileSync(source, 'utf8')
        .split('\n')
        .findIndex((text) => text.includes('not complete')) + 1

    const without = run(execArgv, env)
    expect(without.stripper).toBe(false)
    expect(without.stack).toContain(`config.ts:${line}:`)
    expect(run([], {}).stripper).toBe(true)
  })

  it('are thrown away when no source has them any more, and read from the source when they are missing', async () => {
    const { execArgv, env } = await takeTypesOut(dataDir, () => undefined)
    const kept = String(env['MEEDENK_WITHOUT_TYPES'])
    const count = readdirSync(kept).length
    writeFileSync(join(kept, 'old.js'), 'throw new Error()')
    await takeTypesOut(dataDir, () => undefined)
    expect(readdirSync(kept)).toHaveLength(count)

    rmSync(kept, { recursive: true })
    expect(run(execArgv, env)).toMatchObject({ stripper: true, stack: expect.stringContaining('config.ts:') })
  })

  it('are no reason not to start when they could not be taken out', async () => {
    const said: string[] = []
    const blocked = join(dataDir, 'file')
    writeFileSync(blocked, '')
    expect(await takeTypesOut(blocked, (line) => said.push(line))).toEqual({ execArgv: [], env: {} })
    expect(said.join()).toContain('more memory')
  })
})
