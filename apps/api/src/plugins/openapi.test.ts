import { givenDatabase } from '@meedenk/db/test/database'
import { describe, expect, it } from 'vitest'
import { givenApi } from '../../test/api.ts'

const api = await givenApi(await givenDatabase())

describe('the reader of the API', () => {
  it('is a page with a script of our own, and only there the policy allows what is written in the page', async () => {
    const moved = await api.visitor('GET', '//api/docs')
    expect([moved.status, moved.headers['location']]).toEqual([301, '/api/docs/'])
    const page = await api.visitor('GET', '//api/docs/')
    expect(page.status).toBe(200)
    expect(page.headers['content-type']).toContain('text/html')
    expect(page.text).toContain('/api/openapi.json')
    expect(page.headers['content-security-policy']).toContain("script-src 'self' 'unsafe-inline'")
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")

    const script = await api.visitor('GET', '//api/docs/js/scalar.js')
    expect(script.headers['content-type']).toContain('javascript')
    expect(script.text.length).toBeGreaterThan(1_000_000)

    const document = await api.visitor('GET', '//api/openapi.json')
    expect(document.body.openapi).toBe('3.1.1')
    expect(document.headers['content-security-policy']).toContain("script-src 'self';")
  })
})
