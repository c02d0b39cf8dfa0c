import { endWithParent, exit } from './end-in-order.ts'
import { runJourneys } from './journeys-run.ts'

endWithParent()
try {
  const { passed, failed } = await runJourneys(process.argv.slice(2))
  console.log(`${passed} passed, ${failed} failed`)
  await exit(failed === 0 ? 0 : 1)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  await exit(1)
}
