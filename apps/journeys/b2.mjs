import { chromium } from '@playwright/test'
const base = 'http://localhost:43120', path = process.argv[2]
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage'] })
for (const js of [false, true]) for (const width of [1280, 390]) {
  const context = await browser.newContext({ javaScriptEnabled: js, viewport: { width, height: 900 } })
  const page = await context.newPage()
  page.on('console', (m) => { if (m.type() !== 'log') console.log(js, width, m.type(), m.text().slice(0, 300)) })
  page.on('pageerror', (e) => console.log('pageerror', e.message.slice(0, 200)))
  const asked = []
  page.on('request', (r) => { if (r.url().includes('/api/')) asked.push(r.url().replace(base, '')) })
  for (const [name, p] of [['q', path], ['home', '/'], ['list', '/vragen'], ['rules', '/spelregels'], ['gone', '/nergens']]) {
    asked.length = 0
    const r = await page.goto(base + p, { waitUntil: 'load' }); await page.waitForTimeout(js ? 900 : 200)
    await page.screenshot({ path: `/tmp/b2/${name}-${js ? 'js' : 'nojs'}-${width}.png`, fullPage: name !== 'home' && name !== 'list' })
    console.log(name, js, width, r.status(), await page.title(), asked.join(' '))
  }
  await context.close()
}
await browser.close()
