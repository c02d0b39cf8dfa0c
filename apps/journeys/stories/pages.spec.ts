import { examineRoutes } from '../stage/examine-page.ts'
import { expect, test } from '../stage/stage.ts'

test('what everybody may read is there for everybody', async ({ stage }) => {
  stage.watch.allow(/status of 404/)
  const page = await stage.visitor()
  const addressOf = async (list: string) => {
    await page.goto(list)
    return (await page.locator('[data-row] h3 a').first().getAttribute('href')) ?? ''
  }
  const [learned, waiting] = [await addressOf('/vragen?state=learned'), await addressOf('/vragen?state=waiting')]
  await examineRoutes(page, [
    { name: 'home', path: '/' },
    { name: 'questions', path: '/vragen' },
    { name: 'question-learned', path: learned },
    { name: 'question-waiting', path: waiting },
    { name: 'ask', path: '/vraag-stellen' },
    { name: 'people', path: '/mensen' },
    { name: 'sign-in', path: '/inloggen' },
  ])
})

test('the pages of the house are there for everybody', async ({ stage }) => {
  stage.watch.allow(/status of (404|403)/)
  const page = await stage.visitor()
  const response = await page.request.get('/api/v1/questions?limit=1')
  const question = (await response.json()).items[0]
  expect(question).toBeTruthy()
  await examineRoutes(page, [
    { name: 'how-it-works', path: '/zo-werkt-het' },
    { name: 'house-rules', path: '/spelregels' },
    { name: 'accessibility', path: '/toegankelijkheid' },
    { name: 'privacy', path: '/privacy' },
    { name: 'about', path: '/over' },
    { name: 'status', path: '/status' },
    { name: 'promise', path: '/belofte' },
    { name: 'report', path: `/melden?subject=question:${question.id}` },
    { name: 'sign-in-link', path: '/l/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' },
    { name: 'missing', path: '/bestaat-niet' },
    { name: 'forbidden', path: '/geen-toegang' },
    { name: 'en-home', path: '/en', lang: 'en' },
    { name: 'en-ask', path: '/en/ask', lang: 'en' },
  ])
})
