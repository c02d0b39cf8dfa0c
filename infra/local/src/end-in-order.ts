const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']
const patienceMs = 9500
let isEnding = false
let stopAll: (() => Promise<void>) | undefined

async function end() {
  if (isEnding) return
  isEnding = true
  setTimeout(() => process.exit(1), patienceMs).unref()
  await stopAll?.().catch((error: unknown) => console.error(error))
  process.exit(stopAll ? 0 : 130)
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
