import { givenDatabase } from '@meedenk/db/test/database'
import { givenAnswer, givenPerson, givenQuestion, givenTheme } from '@meedenk/db/test/factories'
import { QuestionView } from '@meedenk/domain/questions/schemas'
import { describe, expect, it } from 'vitest'
import { testOrigin } from '../../test/api.ts'
import { givenWeb } from '../../test/web.ts'

const database = await givenDatabase()
const web = await givenWeb(database)
const attack = `</script><script>alert("1")</script><img src=x onerror='alert(2)'> & "quotes" \u2028 {n} $& $1`

const addressOf = (question: { number: number; slug: string }) => `/vragen/${question.number}-${question.slug}`
const blockOf = (text: string, mark: string) =>
  JSON.parse(new RegExp(`<script ${mark}>(.*?)</script>`, 's').exec(text)?.[1] ?? 'null')
const textOf = (page: string) => page.replace(/<script.*?<\/script>/gs, '').replace(/<[^>]+>/g, '\n')

async function givenConversation() {
  const theme = await givenTheme(database, { name: 'Wijkgericht werken' })
  const question = await givenQuestion(database, {
    title: 'Hoe blijf ik in contact met wie niet opendoet?',
    body: 'Eerste regel.\nTweede regel.',
    author: await givenPerson(database, { name: 'Vera Vraagsteller' }),
    themes: [theme],
  })
  const answer = await givenAnswer(database, question.id, {
    author: await givenPerson(database, { name: 'Anne Antwoord' }),
    body: 'Ga eens langs met soep.',
    perspective: 'experience',
  })
  await givenAnswer(database, question.id, {
    author: await givenPerson(database, { name: 'Fee Doorvraag' }),
    body: 'Welke soep?',
    parentId: answer.id,
  })
  await database.owner.query('update answers set helped_at = now() where id = $1', [answer.id])
  await database.owner.query(
    `insert into yields (channel_id, question_id, body, shared_at) values (ctx.plaza(), $1, 'Soep werkt echt.', now())`,
    [question.id],
  )
  return { question, answer }
}

describe('the page of a question', () => {
  it('reads whole without any script', async () => {
    const { question } = await givenConversation()

    const page = await web.get(addressOf(question))

    expect(page.status).toBe(200)
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
    const text = textOf(page.text)
    for (const piece of [
      'Hoe blijf ik in contact met wie niet opendoet?',
      'Vera Vraagsteller',
      'Tweede regel.',
      'Soep werkt echt.',
      'Anne Antwoord',
      'Ga eens langs met soep.',
      'Fee Doorvraag',
      'Welke soep?',
      'Wijkgericht werken',
      'Ervaring',
      'Hier kon de vraagsteller mee verder',
    ]) {
      expect(text).toContain(piece)
    }
    expect(page.text).toContain('Eerste regel.<br>Tweede regel.')
    expect(page.text.match(/<h1/g)).toHaveLength(1)
  })

  it('tells search engines where it is, in both languages', async () => {
    const { question } = await givenConversation()

    const { text } = await web.get(addressOf(question))

    expect(text).toContain('<title>Hoe blijf ik in contact met wie niet opendoet? – Meedenk</title>')
    expect(text).toContain(`<link rel="canonical" href="${testOrigin}${addressOf(question)}">`)
    expect(text).toContain(`hreflang="en" href="${testOrigin}/en/questions/${question.number}-${question.slug}"`)
    expect(text).toContain('<meta property="og:type" content="article">')
    expect(text).toContain('<meta name="description" content="Soep werkt echt.">')
    expect(text).not.toContain('noindex')
  })

  it('carries the same for machines as JSON-LD', async () => {
    const { question, answer } = await givenConversation()

    const data = blockOf((await web.get(addressOf(question))).text, 'type="application/ld\\+json"')

    expect(data['@type']).toBe('QAPage')
    expect(data.mainEntity).toMatchObject({
      '@type': 'Question',
      name: 'Hoe blijf ik in contact met wie niet opendoet?',
      answerCount: 1,
      author: { name: 'Vera Vraagsteller' },
    })
    expect(data.mainEntity.acceptedAnswer).toMatchObject([
      { text: 'Ga eens langs met soep.', url: `${testOrigin}${addressOf(question)}#antwoord-${answer.id}` },
    ])
  })

  it('hands the web app what it would ask first, and the scripts it needs', async () => {
    const { question } = await givenConversation()

    const { text } = await web.get(addressOf(question))

    const initial = blockOf(text, 'type="application/json" id="initial"')
    expect(QuestionView.parse(initial[`/questions/${question.number}`]).id).toBe(question.id)
    expect(text).toContain('<link rel="modulepreload" crossorigin href="/assets/QuestionPage-3c.js">')
    expect(text).toContain('href="/assets/kring-4d.js"')
    expect(text).toContain('href="/assets/messages-nl-5e.js"')
    expect(text).not.toContain('modulepreload" crossorigin href="/assets/shared-2b.js"')
  })

  it('speaks English around the question under /en', async () => {
    const { question } = await givenConversation()

    const { text, status } = await web.get(`/en/questions/${question.number}-${question.slug}`)

    expect(status).toBe(200)
    expect(text).toContain('<html lang="en"')
    expect(textOf(text)).toContain('What came of it')
    expect(textOf(text)).toContain('Ga eens langs met soep.')
    expect(text).toContain(`<a href="${addressOf(question)}" lang="nl" hreflang="nl">Nederlands</a>`)
  })

  it('shows text of people as text, in every corner of the page', async () => {
    const author = await givenPerson(database, { name: attack, jobTitle: attack })
    const theme = await givenTheme(database, { name: attack })
    const question = await givenQuestion(database, { title: attack, body: attack, author, themes: [theme] })
    const answer = await givenAnswer(database, question.id, { author, body: attack })
    await givenAnswer(database, question.id, { author, body: attack, parentId: answer.id })
    await database.owner.query('update answers set referral_url = $1, referral_title = $2 where id = $3', [
      `https://voorbeeld.test/"><script>`,
      attack,
      answer.id,
    ])
    await database.owner.query(
      'insert into yields (channel_id, question_id, body, did_not_work, shared_at) values (ctx.plaza(), $1, $2, $2, now())',
      [question.id, attack],
    )
    await database.owner.query('update questions set closed_at = now(), closed_reason = $1 where id = $2', [
      attack,
      question.id,
    ])

    const { text } = await web.get(addressOf(question))

    expect(text.match(/<script/g)).toHaveLength(3)
    expect(text).not.toMatch(/<img/)
    expect(text).not.toContain('alert("1")')
    expect(text).toContain('{n} $&amp; $1')
    expect(blockOf(text, 'type="application/ld\\+json"').mainEntity.name).toBe(attack)
    expect(blockOf(text, 'type="application/json" id="initial"')[`/questions/${question.number}`].title).toBe(attack)
  })

  it('never tells who asked anonymously', async () => {
    const author = await givenPerson(database, { name: 'Geheim Genoemd' })
    const question = await givenQuestion(database, { author, anonymous: true })

    const { text } = await web.get(addressOf(question))

    expect(textOf(text)).toContain('Een vakgenoot')
    for (const secret of ['Geheim Genoemd', author.handle, author.personId]) expect(text).not.toContain(secret)
  })

  it('leads a wrong or missing slug to the right address', async () => {
    const question = await givenQuestion(database)
    for (const wrong of [
      `/vragen/${question.number}`,
      `/vragen/${question.number}-iets-anders`,
      `/vragen/${question.number}-`,
    ]) {
      const answer = await web.get(wrong)
      expect([answer.status, answer.headers['location']]).toEqual([301, addressOf(question)])
    }
    expect((await web.get(`/en/questions/${question.number}`)).headers['location']).toBe(
      `/en/questions/${question.number}-${question.slug}`,
    )
  })

  it('is gone when hidden or withdrawn, and says nothing of what it was', async () => {
    const hidden = await givenQuestion(database, {
      title: 'Verborgen vraag over iemand die te herkennen is',
      hiddenAt: new Date(),
    })
    const withdrawn = await givenQuestion(database)
    await web.get(addressOf(withdrawn))
    await database.owner.query('update questions set withdrawn_at = now() where id = $1', [withdrawn.id])

    for (const question of [hidden, withdrawn]) {
      const page = await web.get(addressOf(question))
      expect([page.status, page.headers['cache-control']]).toEqual([410, 'no-store'])
      expect(page.text).toContain('Dit is weggehaald')
      expect(page.text).not.toContain('Verborgen vraag')
      expect(page.text).toContain('noindex')
    }
  })

  it.each([
    '/vragen/999999999',
    '/vragen/abc',
    '/vragen/1234567890123456',
    '/vragen/12x',
    '/vragen/%00',
    '/en/questions/999999999',
  ])('is not found at %s', async (path) => {
    const page = await web.get(path)
    expect(page.status).toBe(404)
    expect(page.headers['content-type']).toContain('text/html')
  })

  it('is not found in a closed channel', async () => {
    const question = await givenQuestion(database)
    const { rows } = await database.owner.query(
      `insert into channels (slug, name, kind, created_at) values ('dicht', 'dicht', 'rented', now()) returning id`,
    )
    await database.owner.query('update questions set channel_id = $1 where id = $2', [rows[0].id, question.id])
    expect((await web.get(addressOf(question))).status).toBe(404)
  })

  it('carries long answers shortened for machines, and whole for readers', async () => {
    const question = await givenQuestion(database)
    const body = `${'Een lang antwoord met veel woorden. '.repeat(40)}Einde.`
    await givenAnswer(database, question.id, { author: await givenPerson(database), body })

    const { text } = await web.get(addressOf(question))

    expect(textOf(text)).toContain(body)
    const [answer] = blockOf(text, 'type="application/ld\\+json"').mainEntity.suggestedAnswer
    expect(answer.text).toMatch(/^Een lang antwoord.*\S\.\.\.$/)
    expect(answer.text.length).toBeLessThanOrEqual(500)
  })

  it('keeps every character, however wide', async () => {
    const body = 'Ga – écht – “langs”… met soep van € 3 👋🏽'
    const question = await givenQuestion(database, { title: 'Kan dat ook – morgen – met ’n groep? 👋', body })

    const { text } = await web.get(addressOf(question))

    expect(textOf(text)).toContain(body)
    expect(blockOf(text, 'type="application/json" id="initial"')[`/questions/${question.number}`].body).toBe(body)
    expect(blockOf(text, 'type="application/ld\\+json"').mainEntity.text).toBe(body)
  })

  it('lets go of a page that is kept with everything that vanishes from it', async () => {
    const author = await givenPerson(database, { name: 'Nog Zichtbaar' })
    const question = await givenQuestion(database)
    const answer = await givenAnswer(database, question.id, { author, body: 'Dit wordt verborgen.' })
    const read = async () => {
      const [page, kept] = [await web.get(addressOf(question)), await web.get(addressOf(question))]
      expect([kept.text, kept.headers['etag']]).toEqual([page.text, page.headers['etag']])
      return kept
    }

    const first = await read()
    await database.owner.query(`update people set name = 'Andere Naam' where id = $1`, [author.personId])
    const renamed = await read()
    await database.owner.query('update answers set hidden_at = now() where id = $1', [answer.id])
    const hidden = await read()
    await database.owner.query('update questions set withdrawn_at = now() where id = $1', [question.id])

    expect(first.text).toContain('Nog Zichtbaar')
    expect(renamed.text).not.toContain('Nog Zichtbaar')
    expect(renamed.text).toContain('Dit wordt verborgen.')
    expect(hidden.text).not.toContain('Dit wordt verborgen.')
    expect(new Set([first, renamed, hidden].map(({ headers }) => headers['etag'])).size).toBe(3)
    expect((await web.get(addressOf(question))).status).toBe(410)
  })

  it('shows a new answer at once, and is not sent again unchanged', async () => {
    const question = await givenQuestion(database)
    const first = await web.get(addressOf(question))
    const again = await web.get(addressOf(question), { 'if-none-match': String(first.headers['etag']) })
    await givenAnswer(database, question.id, { author: await givenPerson(database), body: 'Dit is er net bij.' })
    const after = await web.get(addressOf(question), { 'if-none-match': String(first.headers['etag']) })

    expect([again.status, again.text]).toEqual([304, ''])
    expect(after.status).toBe(200)
    expect(after.text).toContain('Dit is er net bij.')
    expect(first.headers['cache-control']).toBe('public, no-cache')
  })
})
