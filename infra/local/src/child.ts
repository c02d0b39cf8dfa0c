import { type ChildProcess, fork } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'

type Options = {
  name: string
  script: string
  cwd: string
  logFile: string
  env: NodeJS.ProcessEnv
  args?: string[]
  execArgv?: string[]
}

/** A program of the stack, running in a process of its own. */
export type Child = { process: ChildProcess; hasEnded: () => boolean; logTail: () => string; stop(): Promise<void> }

/** Starts one program with an ipc line, by which it notices our end, and its output in a file. */
export function startChild({ name, script, cwd, logFile, env, args = [], execArgv = [] }: Options): Child {
  const log = openSync(logFile, 'a', 0o600)
  const child = fork(script, args, {
    cwd,
    // Ctrl-C must come through us only, so that everything stops in order.
    detached: true,
    // On a large machine Node reserves room for young objects by the hundred megabytes; eight a half-space is plenty here.
    execArgv: ['--max-semi-space-size=8', ...execArgv],
    stdio: ['ignore', log, log, 'ipc'],
    env: { ...env, MEEDENK_PROCESS: name },
  })
  closeSync(log)
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined
  return {
    process: child,
    hasEnded,
    logTail: () => readFileSync(logFile, 'utf8').split('\n').slice(-25).join('\n'),
    stop: async () => {
      if (hasEnded()) return
      child.kill('SIGTERM')
      const deadline = setTimeout(() => child.kill('SIGKILL'), 5000)
      await gone
      clearTimeout(deadline)
    },
  }
}

/** Waits until the program says `{ ready: true }`; fails when it ends or stays silent. */
export function waitForReady({ process: child, logTail }: Child, name: string, withinMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => reject(new Error(`${name} ${reason}. Its last lines:\n${logTail()}`))
    const deadline = setTimeout(() => fail(`was not ready within ${withinMs / 1000} s`), withinMs)
    child.once('error', (error) => fail(`did not start (${error.message})`))
    child.once('exit', () => {
      clearTimeout(deadline)
      fail('stopped while starting')
    })
    child.on('message', (message) => {
      if (typeof message !== 'object' || message === null || !('ready' in message)) return
      clearTimeout(deadline)
      resolve()
    })
  })
}
