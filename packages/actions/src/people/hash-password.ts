import { ProductError } from '@meedenk/domain/errors'
import { hash, verify } from '@node-rs/argon2'

// Argon2id, the default of the library; OWASP asks for at least 19 MiB.
const cost = { memoryCost: 65_536, timeCost: 3, parallelism: 1 }

// Each hash takes 64 MiB: without a queue a burst of sign-ins would take all memory.
const runningMax = 3
const waitingMax = 60
let running = 0
const waiting: (() => void)[] = []

async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running >= runningMax) {
    if (waiting.length >= waitingMax) throw new ProductError('busy', { retryAfter: 5 })
    await new Promise<void>((resolve) => waiting.push(resolve))
  } else running++
  try {
    return await work()
  } finally {
    // The place goes to who waits longest, so it is only freed when nobody does.
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}

/** Hashes a password, slowly on purpose. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, cost))
}

let nobodysHash: Promise<string> | undefined

/** Whether this is the password. Without a hash it takes as long and is no. */
export async function isPassword(known: string | undefined, password: string): Promise<boolean> {
  nobodysHash ??= hashPassword('nobody has this password').catch((error) => {
    // Refused because it was busy: the next one tries again.
    nobodysHash = undefined
    throw error
  })
  const against = known ?? (await nobodysHash)
  const matches = await inTurn(() => verify(against, password).catch(() => false))
  return matches && known !== undefined
}
