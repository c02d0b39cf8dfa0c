import { chmodSync, cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findBrowser } from './browser.ts'
import { root } from './places.ts'
import { runCommand } from './run-command.ts'
import { startStack } from './stack.ts'
import { type Counts, countPlaywright, readCounts } from './test-counts.ts'

const config = 'apps/journeys/playwright.config.ts'

/** Walks the journeys in a real browser through a throw-away stack with the demo content. */
export async function runJourneys(args: string[] = []): Promise<Counts> {
  if (!existsSync(join(root, config))) throw new Error(`There are no journeys: ${config} is not there.`)
  const browser = await findBrowser()
  const dataDir = mkdtempSync(join(tmpdir(), 'meedenk-journeys-'))
  // mkdtemp closes the folder, and PostgreSQL may run under another account.
  chmodSync(dataDir, 0o711)
  const report = join(root, 'test-results', 'journeys.json')
  rmSync(report, { force: true })
  // All people of all stories come from one network, faster than people do.
  const stack = await startStack({ dataDir, forTests: true, env: { RATE_LIMIT_PER_MINUTE: '10000' } })
  try {
    const playwright = join(root, 'apps', 'journeys', 'node_modules', '.bin', 'playwright')
    const ran = await runCommand(playwright, ['test', '--config', config, '--reporter=list,json', ...args], {
      shows: true,
      env: {
        CHROMIUM: browser,
        MEEDENK_ORIGIN: stack.origin,
        MEEDENK_MAIL_URL: stack.mailUrl,
        MEEDENK_OWNER_URL: stack.urls.ownerUrl,
        PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      },
    })
    return readCounts(report, countPlaywright, ran.ok)
  } finally {
    cpSync(join(dataDir, 'logs'), join(root, 'test-results', 'logs'), { recursive: true })
    await stack.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
