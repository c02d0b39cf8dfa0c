import { findBrowser } from '@meedenk/local/browser'
import { chromium } from '@playwright/test'
import type { Bench } from '../bench.ts'
import { questionNumber } from '../data.ts'

/** Slow 4G as Lighthouse simulates it: 1.6 Mbit/s, 150 ms. */
const slow4g = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6 * 1024 * 1024) / 8,
  uploadThroughput: (750 * 1024) / 8,
}

// Runs in the page, so it is text: the types of these entries are those of a browser.
const watchLayout = `
  globalThis.seen = { lcp: 0, cls: 0 }
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) seen.lcp = entry.startTime }).observe({ type: 'largest-contentful-paint', buffered: true })
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.cls += entry.value }).observe({ type: 'layout-shift', buffered: true })
`

/** page: what a question page loads, when its largest text is there, and whether anything jumps. */
export async function page({ origin, size, add }: Bench): Promise<void> {
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  })
  try {
    const number = questionNumber(size)
    const address = `${origin}/vragen/${number}-vraag-${number - 1_000_000}`
    // The server packs each file when it is first asked for; that first reader is not whom this measures.
    await (await browser.newPage()).goto(address, { waitUntil: 'networkidle' })
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
    const tab = await context.newPage()
    const network = await context.newCDPSession(tab)
    await network.send('Network.enable')
    await network.send('Network.emulateNetworkConditions', slow4g)
    await network.send('Emulation.setCPUThrottlingRate', { rate: 2 })
    let script = 0
    const outside: string[] = []
    const scripts = new Set<string>()
    network.on('Network.responseReceived', ({ requestId, response }) => {
      if (!response.url.startsWith(origin)) outside.push(new URL(response.url).host)
      if (/\.js(\?|$)/.test(response.url)) scripts.add(requestId)
    })
    // What travelled, so as packed as the server packs it.
    network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (scripts.has(requestId)) script += encodedDataLength
    })
    await tab.addInitScript(watchLayout)
    await tab.goto(address, { waitUntil: 'networkidle' })
    await tab.waitForTimeout(1500)
    // Set by the script above.
    const seen = (await tab.evaluate('globalThis.seen')) as { lcp: number; cls: number }
    const kilobytes = script / 1024
    add({
      name: 'page-script',
      value: kilobytes,
      unit: 'kB brotli',
      ceiling: null,
      ratio: null,
      target: '<= 200 (aim 150)',
      holds: kilobytes <= 200,
    })
    add({
      name: 'page-lcp',
      value: seen.lcp / 1000,
      unit: 's on slow 4G',
      ceiling: null,
      ratio: null,
      target: '< 2.0',
      holds: seen.lcp < 2000,
    })
    add({
      name: 'page-cls',
      value: seen.cls,
      unit: 'shift',
      ceiling: null,
      ratio: null,
      target: '< 0.05',
      holds: seen.cls < 0.05,
    })
    add({
      name: 'page-outside',
      value: outside.length,
      unit: 'requests to others',
      ceiling: null,
      ratio: null,
      target: '0',
      holds: outside.length === 0,
    })
  } finally {
    await browser.close()
  }
}
