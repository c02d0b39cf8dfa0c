const refreshedKey = 'meedenk.session-refreshed-at'
const endedListeners = new Set<() => void>()
let inFlight: Promise<boolean> | undefined

/** Calls back when the session cannot be prolonged any more. */
export function onSessionEnded(listener: () => void): void {
  endedListeners.add(listener)
}

/** Prolongs the session, once for all requests and tabs that found it expired. True when a new try makes sense. */
export function refreshSession(foundExpiredAt: number): Promise<boolean> {
  inFlight ??= aloneAmongTabs(() => refreshUnlessFresh(foundExpiredAt)).finally(() => {
    inFlight = undefined
  })
  return inFlight
}

function aloneAmongTabs(work: () => Promise<boolean>): Promise<boolean> {
  return navigator.locks ? navigator.locks.request('meedenk.session-refresh', work) : work()
}

async function refreshUnlessFresh(foundExpiredAt: number): Promise<boolean> {
  // A refresh token may be used once, so a tab that waited for another tab uses what that one got.
  if (Number(localStorage.getItem(refreshedKey)) > foundExpiredAt) return true
  const response = await fetch('/api/v1/session/refresh', {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'x-meedenk': '1' },
    signal: AbortSignal.timeout(20_000),
  }).catch(() => undefined)
  if (response?.ok) localStorage.setItem(refreshedKey, String(Date.now()))
  // Only a clear no ends the session; a server that is away does not.
  else if (response && response.status < 500) for (const listener of endedListeners) listener()
  return response?.ok ?? false
}
