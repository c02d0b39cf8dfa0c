import { type Child, startChild, waitForReady } from './child.ts'

type Program = {
  name: string
  script: string
  cwd: string
  logFile: string
  env: NodeJS.ProcessEnv
  execArgv: string[]
}
type Options = Program & { readyMs: number; say(line: string): void }

const shortestPauseMs = 500
const longestPauseMs = 30_000
const steadyMs = 60_000

/** Starts a program, waits until it is ready, and from then on starts it again when it falls over. */
export async function keepRunning({ readyMs, say, ...program }: Options): Promise<{ stop(): Promise<void> }> {
  let child = startChild(program)
  let isStopping = false
  let pauseMs = shortestPauseMs / 2
  let timer: NodeJS.Timeout | undefined

  const startAgainWhenEnded = (watched: Child, startedAt: number) => {
    watched.process.once('exit', (code, signal) => {
      if (isStopping) return
      pauseMs = Date.now() - startedAt > steadyMs ? shortestPauseMs : Math.min(pauseMs * 2, longestPauseMs)
      say(`${program.name} stopped (${signal ?? code}) and starts again in ${pauseMs / 1000} s; see ${program.logFile}`)
      timer = setTimeout(() => {
        child = startChild(program)
        startAgainWhenEnded(child, Date.now())
      }, pauseMs)
    })
  }
  const stop = async () => {
    isStopping = true
    clearTimeout(timer)
    await child.stop()
  }
  try {
    await waitForReady(child, program.name, readyMs)
  } catch (error) {
    await stop()
    throw error
  }
  startAgainWhenEnded(child, Date.now())
  return { stop }
}
