import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'

const root = process.getuid?.() === 0
const browser = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

/** The stack runs already; see infra/local/src/journeys-run.ts, which starts one and passes its addresses on. */
export default defineConfig({
  testDir: './stories',
  outputDir: './out/results',
  forbidOnly: process.env['CI'] !== undefined,
  // A story that only works the second time does not work.
  retries: 0,
  fullyParallel: true,
  workers: 2,
  // On a starved machine a page may take long, but not for ever.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  reporter: [['list']],
  use: {
    baseURL: process.env['MEEDENK_ORIGIN'] ?? 'http://localhost:3000',
    locale: 'nl-NL',
    timezoneId: 'Europe/Amsterdam',
    colorScheme: 'light',
    actionTimeout: 60_000,
    navigationTimeout: 120_000,
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(existsSync(browser) ? { executablePath: browser } : {}),
      args: [
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        ...(root ? ['--no-sandbox'] : []),
      ],
    },
  },
  projects: [
    { name: 'desktop', use: { viewport: { width: 1280, height: 800 } } },
    {
      name: 'phone',
      use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
      // What a small screen changes: reading, and asking and answering.
      testMatch: ['reader.spec.ts', 'newcomer.spec.ts'],
    },
  ],
})
