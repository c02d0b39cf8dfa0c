const key = 'meedenk.passkey-offered'

/** Whether this device was asked before; once is enough. */
export function hasOfferedPasskey(): boolean {
  return localStorage.getItem(key) !== null
}

/** Remembers that it was asked here. */
export function notePasskeyOffer(): void {
  localStorage.setItem(key, '1')
}
