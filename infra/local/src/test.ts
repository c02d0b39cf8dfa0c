import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { endWithParent, exit } from './end-in-order.ts'
import { runJourneys } from './journeys-run.ts'
import { root } from './places.ts'
import { runCommand } from './run-command.ts'
import { type Counts, countVitest, readCounts } from './test-counts.ts'
import { verify } from './verify-run.ts'

type Suite = { name: string; title: string; run(): Promise<Counts> }

async function runVerify(): Promise<Counts> {
  const failed = await verify()
  return { passed: 0, failed, skipped: 0 }
}

async function runUnit(): Promise<Counts> {
  const report = join(root, 'test-results', 'unit.json')
  rmSync(report, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const ran = await runCommand('vitest', ['run', '--config', 'packages/config/vitest.config.ts', ...reporters], {
    shows: true,
  })
  return readCounts(report, countVitest, ran.ok)
}

const suites: Suite[] = [
  { name: 'verify', title: 'Form, types and boundaries (npm run verify)', run: runVerify },
  { name: 'unit', title: 'Rules, routes and jobs on a real PostgreSQL (vitest)', run: runUnit },
  { name: 'journeys', title: 'Journeys in a real browser (npm run journeys)', run: runJourneys },
]

function chooseSuites(): Suite[] {
  const only = process.env['MEEDENK_TEST_ONLY']
  const chosen = suites.filter((suite) => !only || suite.name === only)
  if (chosen.length > 0) return chosen
  throw new Error(`MEEDENK_TEST_ONLY is "${only}", but must be ${suites.map(({ name }) => name).join(', ')}.`)
}

async function runSuite(suite: Suite): Promise<Counts> {
  console.log(`\n== ${suite.title}`)
  try {
    return await suite.run()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

endWithParent()
const lines: string[] = []
const total: Counts = { passed: 0, failed: 0, skipped: 0 }
for (const suite of chooseSuites()) {
  const startedAt = performance.now()
  const counts = await runSuite(suite)
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0)
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''
  lines.push(`${suite.name}: ${counts.passed} passed, ${counts.failed} failed${skipped} (${seconds} s)`)
  total.passed += counts.passed
  total.failed += counts.failed
}
console.log(`\n${lines.join('\n')}\n${total.passed} passed, ${total.failed} failed`)
await exit(total.failed === 0 ? 0 : 1)
