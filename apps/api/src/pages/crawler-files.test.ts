import { givenDatabase } from '@meedenk/db/test/database'
import { givenPerson, givenQuestion, givenTheme } from '@meedenk/db/test/factories'
import { describe, expect, it } from 'vitest'
import { testOrigin } from '../../test/api.ts'
import { givenWeb } from '../../test/web.ts'

const database = await givenDatabase()
const now = new Date('2026-11-18T12:00:00Z')
const web = await givenWeb(database, () => now)

/** Every opened element is closed in order, and every `&` starts an entity. */
function expectWellFormed(xml: string) {
  const open: string[] = []
  for (const [, end, name, , selfClosed] of xml
    .replace(/^<\?xml[^>]*\?>/, '')
    .matchAll(/<(\/?)([\w:]+)((?:\s+[\w:]+="[^"<]*")*)\s*(\/?)>/g)) {
    if (end) expect(open.pop()).toBe(name)
    else if (!selfClosed) open.push(name ?? '')
  }
  expect(open).toEqual([])
  expect(xml.replace(/<\?xml[^>]*\?>|<\/?[\w:]+(?:\s+[\w:]+="[^"<]*")*\s*\/?>/g, '')).not.toMatch(
    /[<>]|&(?!(?:amp|lt|gt|quot|#39);)/,
  )
}

describe('the sitemap', () => {
  it('lists pages and visible questions, in lists of ten thousand', async () => {
    const [shown, hidden] = [await givenQuestion(database), await givenQuestion(database, { hiddenAt: new Date() })]
    await database.owner.query(`update questions set number = 20001 where id = $1`, [shown.id])

    const index = await web.get('/sitemap.xml')
    const lists = [...index.text.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address = '']) =>
      address.replace(testOrigin, ''),
    )

    expect(lists).toEqual([
      '/sitemap-pages.xml',
      '/sitemap-questions-0.xml',
      '/sitemap-questions-1.xml',
      '/sitemap-questions-2.xml',
    ])
    for (const path of ['/sitemap.xml', ...lists]) {
      const list = await web.get(path)
      expect([list.status, list.headers['content-type']]).toEqual([200, 'application/xml; charset=utf-8'])
      expectWellFormed(list.text)
    }
    expect((await web.get('/sitemap-pages.xml')).text).toContain(`<loc>${testOrigin}/spelregels</loc>`)
    expect((await web.get('/sitemap-questions-2.xml')).text).toContain(
      `<loc>${testOrigin}/vragen/20001-${shown.slug}</loc>`,
    )
    expect((await web.get('/sitemap-questions-0.xml')).text).not.toContain(hidden.slug)
  })
})

describe('the Atom feed', () => {
  it('tells the newest questions with how far they are, and stays well-formed', async () => {
    const author = await givenPerson(database, { name: 'A & B <c>' })
    const theme = await givenTheme(database, { name: 'Jeugd "en" gezin' })
    const question = await givenQuestion(database, {
      title: 'Kan dit <b>echt</b> & zo ja hoe dan?',
      author,
      themes: [theme],
      askedAt: new Date('2030-01-01'),
    })
    const anonymous = await givenQuestion(database, { author, anonymous: true, askedAt: new Date('2030-01-02') })

    const feed = await web.get('/vragen/atom.xml')

    expect(feed.headers['content-type']).toBe('application/atom+xml; charset=utf-8')
    expectWellFormed(feed.text)
    expect(feed.text).toContain('<title>Kan dit &lt;b&gt;echt&lt;/b&gt; &amp; zo ja hoe dan?</title>')
    expect(feed.text).toContain(`href="${testOrigin}/vragen/${question.number}-${question.slug}"`)
    expect(feed.text).toContain('Wacht op meedenkkracht')
    expect(feed.text.split('<entry>').find((entry) => entry.includes(anonymous.id))).toContain(
      '<name>Een vakgenoot</name>',
    )
    expect((await web.get('/en/questions/atom.xml')).text).toContain('Waiting for someone')
  })
})

describe('small files', () => {
  it('say what robots may read and where to report a hole', async () => {
    const [robots, security] = [await web.get('/robots.txt'), await web.get('/.well-known/security.txt')]
    expect(robots.text).toContain('Disallow: /api/')
    expect(robots.text).toContain(`Sitemap: ${testOrigin}/sitemap.xml`)
    expect(security.headers['content-type']).toContain('text/plain')
    expect(security.text).toContain(`Contact: ${testOrigin}/melden`)
    expect(security.text).toContain('Expires: 2027-05-19T12:00:00.000Z')
  })
})
