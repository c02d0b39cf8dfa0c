import { endWithParent, exit, stopBeforeEnd } from './end-in-order.ts'
import { findDataDir } from './places.ts'
import { startStack } from './stack.ts'

function readPort(): number | undefined {
  const given = process.env['PORT']
  if (!given) return undefined
  const port = Number(given)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new Error(`PORT is "${given}", but must be a number from 1 to 65535.`)
}

function readSeed(): 'demo' | 'empty' {
  const given = process.env['MEEDENK_SEED'] || 'demo'
  if (given === 'demo' || given === 'empty') return given
  throw new Error(`MEEDENK_SEED is "${given}", but must be demo or empty.`)
}

endWithParent()
try {
  const port = readPort()
  const dataDir = findDataDir()
  const stack = await startStack({ dataDir, seed: readSeed(), ...(port ? { port } : {}) })
  stopBeforeEnd(stack.stop)
  console.log(`\nMeedenk is ready at ${stack.origin}`)
  if (stack.signIn.length > 0) console.log('\nSign in with one of these addresses; the code arrives in the mail inbox:')
  for (const { name, email, note } of stack.signIn) console.log(`  ${email}  ${name}, ${note}`)
  if (stack.mailUrl) console.log(`\nMail inbox: ${stack.mailUrl}`)
  const elsewhere = stack.databaseFolder?.startsWith(dataDir) === false ? ` (database: ${stack.databaseFolder})` : ''
  console.log(`Data and logs: ${dataDir}${elsewhere}\nCtrl-C stops everything.`)
} catch (error) {
  console.error(`\nMeedenk could not start. ${error instanceof Error ? error.message : error}`)
  await exit(1)
}
