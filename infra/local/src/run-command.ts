import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { root } from './places.ts'
import { guardProcess } from './watchdog.ts'

type Options = { cwd?: string; env?: NodeJS.ProcessEnv; shows?: boolean }
export type Ran = { ok: boolean; output: string; seconds: number }

const withOwnTools = { PATH: [join(root, 'node_modules', '.bin'), process.env['PATH'] ?? ''].join(delimiter) }

/** Runs a tool to its end, showing its output or keeping it; the tool and its children end when we do. */
export function runCommand(command: string, args: string[], options: Options = {}): Promise<Ran> {
  const startedAt = performance.now()
  const { promise, resolve } = Promise.withResolvers<Ran>()
  const child = spawn(command, args, {
    cwd: options.cwd ?? root,
    env: { ...process.env, ...withOwnTools, ...options.env },
    // A group of its own can be ended as a whole, by its watchdog when nobody else is left to.
    detached: true,
    stdio: options.shows ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
  })
  const dismiss = child.pid ? guardProcess(-child.pid, 'TERM') : () => undefined
  let output = ''
  const keep = (chunk: Buffer) => {
    output += chunk.toString()
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  const finish = (ok: boolean) => {
    dismiss()
    resolve({ ok, output, seconds: (performance.now() - startedAt) / 1000 })
  }
  child.once('error', (error) => {
    output += error.message
    finish(false)
  })
  child.once('close', (code) => finish(code === 0))
  return promise
}
