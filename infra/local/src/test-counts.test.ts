import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { countPlaywright, countVitest, readCounts } from './test-counts.ts'

function givenReport(report?: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'meedenk-counts-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'report.json')
  if (report) writeFileSync(file, JSON.stringify(report))
  return file
}

const ofVitest = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, testResults: [] }
const brokenFile = { status: 'failed', assertionResults: [] }

describe('counting a vitest run', () => {
  it('takes the numbers of its report', () => {
    expect(readCounts(givenReport(ofVitest), countVitest, true)).toEqual({ passed: 3, failed: 0, skipped: 1 })
  })

  it('counts a file that broke before its tests as one failure', () => {
    const report = { ...ofVitest, testResults: [brokenFile] }
    expect(readCounts(givenReport(report), countVitest, false).failed).toBe(1)
  })

  it('fails when no test ran', () => {
    const report = { ...ofVitest, numPassedTests: 0 }
    expect(readCounts(givenReport(report), countVitest, true).failed).toBe(1)
  })

  it('fails when there is no report', () => {
    expect(readCounts(givenReport(), countVitest, true).failed).toBe(1)
  })

  it('fails when the run ended badly though every test passed', () => {
    expect(readCounts(givenReport(ofVitest), countVitest, false).failed).toBe(1)
  })
})

describe('counting the journeys', () => {
  it('takes flaky journeys for passed and errors outside journeys for failed', () => {
    const stats = { expected: 4, flaky: 1, unexpected: 2, skipped: 0 }
    expect(countPlaywright({ stats, errors: [{}] })).toEqual({ passed: 5, failed: 3, skipped: 0 })
  })
})
