import { existsSync, readFileSync } from 'node:fs'

export type Counts = { passed: number; failed: number; skipped: number }

type VitestReport = {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  testResults: { status: string; assertionResults: { status: string }[] }[]
}
type PlaywrightReport = {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number }
  errors?: unknown[]
}

/** A suite that was cut short counts as one failure, because its report cannot say what it missed. */
const cutShort: Counts = { passed: 0, failed: 1, skipped: 0 }

/** Counts a vitest run; a file that broke before its tests ran counts as one failure. */
export function countVitest(report: VitestReport): Counts {
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  )
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests,
  }
}

/** Counts a Playwright run; an error outside the tests counts as a failure too. */
export function countPlaywright({ stats, errors = [] }: PlaywrightReport): Counts {
  const failed = stats.unexpected + errors.length
  return { passed: stats.expected + stats.flaky, failed, skipped: stats.skipped }
}

/** Reads a suite's report and counts it; without a report, without tests or with a bad exit there is a failure. */
export function readCounts<Report>(file: string, count: (report: Report) => Counts, exitedWell: boolean): Counts {
  if (!existsSync(file)) return cutShort
  // The suites' own reporters write these files.
  const counts = count(JSON.parse(readFileSync(file, 'utf8')) as Report)
  const isBad = !exitedWell || counts.passed + counts.failed === 0
  return isBad && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}
