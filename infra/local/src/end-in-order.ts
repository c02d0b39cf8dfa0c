const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']
const patienceMs = 9500
let isEnding = false
let stopAll: (() => Promise<void>) | undefined

async function end() {
  if (isEnding) return
  isEnding = true
  setTimeout(() => process.exit(1), patienceMs).unref()
  await stopAll?.().catch((error: unknown) => console.error(error))
  await exit(stopAll ? 0 : 130)
}

const flush = (stream: NodeJS.WriteStream) => new Promise<void>((done) => stream.write('', () => done()))

/** Ends this process once everything it said has been written; a full pipe would lose the last lines. */
export async function exit(code: number): Promise<never> {
  await Promise.all([flush(process.stdout), flush(process.stderr)])
  return process.exit(code)
}

/** From here on Ctrl-C, a signal or the end of the bootstrap ends this process; watchdogs take what still starts. */
export function endWithParent() {
  for (const signal of signals) process.on(signal, end)
  process.on('disconnect', end)
}

/** What to stop, in order, before this process ends. */
export function stopBeforeEnd(stop: () => Promise<void>) {
  stopAll = stop
}
