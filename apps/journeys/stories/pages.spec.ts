import type { Page } from '@playwright/test'
import { answer, ask } from '../stage/acts.ts'
import { examineRoutes } from '../stage/examine-page.ts'
import { expect, type Person, test, unique } from '../stage/stage.ts'

async function firstOf(page: Page, list: string): Promise<string> {
  await page.goto(list)
  return (await page.locator('[data-row] h3 a').first().getAttribute('href')) ?? ''
}

test('pages on the plaza', async ({ stage }) => {
  const page = await stage.visitor()
  const [learned, waiting] = [
    await firstOf(page, '/vragen?state=learned'),
    await firstOf(page, '/vragen?state=waiting'),
  ]
  await examineRoutes(page, [
    { name: 'home', path: '/' },
    { name: 'questions', path: '/vragen' },
    { name: 'question-learned', path: learned },
    { name: 'question-waiting', path: waiting },
    { name: 'ask', path: '/vraag-stellen' },
  ])
})

test('pages at the door', async ({ stage }) => {
  const page = await stage.visitor()
  const response = await page.request.get('/api/v1/questions?limit=1')
  const { items } = await response.json()
  await examineRoutes(page, [
    { name: 'people-visitor', path: '/mensen' },
    { name: 'sign-in', path: '/inloggen' },
    { name: 'sign-in-link', path: '/l/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' },
    { name: 'report', path: `/melden?subject=question:${items[0].id}` },
    { name: 'promise', path: '/belofte' },
    { name: 'status', path: '/status' },
  ])
})

test('pages about the house', async ({ stage }) => {
  stage.watch.allow(/status of 404/)
  const page = await stage.visitor()
  await examineRoutes(page, [
    { name: 'how-it-works', path: '/zo-werkt-het' },
    { name: 'house-rules', path: '/spelregels' },
    { name: 'accessibility', path: '/toegankelijkheid' },
    { name: 'privacy', path: '/privacy' },
    { name: 'about', path: '/over' },
    { name: 'missing', path: '/bestaat-niet' },
    { name: 'forbidden', path: '/geen-toegang' },
    { name: 'en-home', path: '/en', lang: 'en' },
    { name: 'en-ask', path: '/en/ask', lang: 'en' },
  ])
})

test('pages of a member', async ({ stage }) => {
  const [member, other] = await Promise.all([
    stage.member('Fenna', { knows: ['inburgering'] }),
    stage.member('Ali', { knows: ['inburgering'] }),
  ])
  await exchange(member, other)
  const { page } = member
  await expect.poll(async () => (await (await page.request.get('/api/v1/session')).json()).unread).toBeGreaterThan(1)
  const { person } = await (await page.request.get('/api/v1/session')).json()
  await examineRoutes(page, [
    { name: 'home-member', path: '/' },
    { name: 'inbox', path: '/postvak' },
    { name: 'inbox-settings', path: '/postvak/instellingen' },
    { name: 'account', path: '/jij' },
    { name: 'expertise', path: '/jij/expertise' },
    { name: 'sign-in-settings', path: '/jij/inloggen' },
    { name: 'devices', path: '/jij/apparaten' },
    { name: 'people', path: '/mensen' },
    { name: 'profile', path: `/mensen/${person.handle}` },
  ])
})

test('pages of somebody who asked, and of a newcomer', async ({ stage }) => {
  const [asker, other] = await Promise.all([
    stage.member('Truus', { knows: ['diversiteit-inclusie'] }),
    stage.member('Jens', { knows: ['diversiteit-inclusie'] }),
  ])
  const address = await ask(
    asker.page,
    unique('Hoe maak je een folder die iedereen begrijpt?'),
    'Diversiteit & Inclusie',
  )
  await other.page.goto(address)
  await answer(other.page, 'Laat drie mensen die het moeten lezen hem hardop voorlezen.', 'Ervaring')
  await examineRoutes(asker.page, [
    { name: 'question-asker', path: address },
    { name: 'welcome', path: '/welkom' },
  ])
})

test('pages of a moderator', async ({ stage }) => {
  const author = await stage.member('Gijs')
  const title = unique('Waar vind ik een goede training?')
  const address = await ask(author.page, title, 'Vakmanschap & Samenwerking')
  const number = /\/vragen\/(\d+)/.exec(address)?.[1]
  const { id } = await (await author.page.request.get(`/api/v1/questions/${number}`)).json()
  const report = { subjectKind: 'question', subjectId: id, reason: 'advertising', explanation: 'Dit lijkt op reclame.' }
  const sent = await author.page.request.post('/api/v1/reports', { headers: { 'x-meedenk': '1' }, data: report })
  expect(sent.status()).toBe(201)
  const { page } = await stage.moderator()
  await page.goto('/beheer/meldingen')
  const reported = await page.getByRole('link', { name: new RegExp(title.replace('?', '\\?')) }).getAttribute('href')
  await examineRoutes(page, [
    { name: 'moderation', path: reported ?? '' },
    { name: 'question-moderator', path: address },
  ])
})

/** Both ask and both answer, so that each has something in the inbox. */
async function exchange(one: Person, other: Person): Promise<void> {
  const ofOne = await ask(
    one.page,
    unique('Hoe oefen je Nederlands met iemand die weinig tijd heeft?'),
    'Inburgering & Nieuwkomers',
  )
  await ask(other.page, unique('Wie legt uit hoe de huisarts werkt?'), 'Inburgering & Nieuwkomers')
  await other.page.goto(ofOne)
  await answer(other.page, 'Samen koken. Dan leer je tien woorden per keer, en je eet.', 'Uitvoering')
}
