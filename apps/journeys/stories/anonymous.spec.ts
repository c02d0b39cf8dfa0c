import { answer, askAnonymously } from '../stage/acts.ts'
import { expect, test, unique } from '../stage/stage.ts'

test('nobody can find out who asked an anonymous question', async ({ stage }) => {
  const title = unique('Mag ik zeggen dat ik een gezin niet meer aankan?')
  const asker = await stage.member(unique('Wilhelmina'), { knows: ['vakmanschap'] })
  const helper = await stage.member('Bas', { knows: ['vakmanschap'] })
  const session = await asker.page.request.get('/api/v1/session')
  const { person } = await session.json()
  const traces = [asker.name, person.id, person.handle, asker.email]

  const address = await askAnonymously(asker.page, title, 'Vakmanschap & Samenwerking')
  await expect(asker.page.getByRole('main').getByText('Een vakgenoot').first()).toBeVisible()

  await test.step('others think along, and the asker goes on as the one who asked', async () => {
    await helper.page.goto(address)
    await answer(helper.page, 'Ja. Bij ons gaat er dan een collega mee, zonder oordeel.', 'Ervaring')
    await asker.page.getByRole('button', { name: '1 nieuwe reactie, toon die' }).click()
    await asker.page.getByRole('button', { name: 'Vraag door bij Bas' }).click()
    await expect(asker.page.getByRole('main').getByText('Je reageert anoniem, als de vraagsteller.')).toBeVisible()
    await asker.page.getByRole('textbox', { name: 'Vraag door bij Bas' }).fill('Hoe vraag je dat aan je collega?')
    await asker.page.locator('[data-answer]').getByRole('button', { name: 'Plaats' }).click()
    await expect(asker.page.getByRole('main').getByText('Hoe vraag je dat aan je collega?')).toBeVisible()
  })

  await test.step('nothing that others get holds a trace of the asker', async () => {
    const visitor = await stage.visitor()
    for (const page of [visitor, helper.page]) {
      const texts: Promise<string>[] = []
      page.on('response', (response) => {
        const isText = /json|html|xml|text\/plain/.test(response.headers()['content-type'] ?? '')
        // What was answered with a redirect or was cut off has no text.
        if (isText) texts.push(response.text().catch(() => ''))
      })
      await page.goto(address)
      await expect(page.getByRole('main').getByText('De vraagsteller', { exact: true })).toBeVisible()
      await expect(page.getByRole('main').getByText('Een vakgenoot', { exact: true }).first()).toBeVisible()
      await page.goto('/vragen')
      await expect(page.locator('[data-row]').first()).toBeVisible()
      const number = /\/vragen\/(\d+)/.exec(address)?.[1]
      for (const path of [
        `/api/v1/questions/${number}`,
        '/api/v1/questions?limit=50',
        '/vragen/atom.xml',
        '/sitemap.xml',
      ])
        texts.push(page.request.get(path).then((response) => response.text()))
      const seen = (await Promise.all(texts)).join('\n')
      expect(seen, 'the question itself was there').toContain(title)
      for (const trace of traces) expect(seen.includes(trace), `a trace of the asker: ${trace}`).toBe(false)
    }
  })

  await test.step('it does not stand on the profile, not even for the asker', async () => {
    for (const page of [helper.page, asker.page]) {
      await page.goto(`/mensen/${person.handle}`)
      await expect(page.getByRole('heading', { level: 1, name: asker.name })).toBeVisible()
      await expect(page.getByRole('main').getByText(title)).toHaveCount(0)
    }
  })
})
