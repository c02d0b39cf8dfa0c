import { describe, expect, it } from 'vitest'
import { suggestThemes } from './suggest-themes.ts'

const themes = [
  { id: 'debts', name: 'Armoede & Schulden', keywords: ['schulden', 'huurachterstand', 'beslagvrije voet'] },
  { id: 'youth', name: 'Jeugdhulp', keywords: ['jeugd', 'pleegzorg', 'gezin'] },
  { id: 'work', name: 'Werk en inkomen', keywords: ['bijstand', 'uitkering'] },
]

describe('themes suggested from a text', () => {
  it('are found by a keyword, a name, or the start of a longer word', () => {
    expect(suggestThemes('Iemand met huurachterstand belt niet terug', themes)).toEqual(['debts'])
    expect(suggestThemes('Wanneer is jeugdhulp nodig?', themes)).toEqual(['youth'])
    expect(suggestThemes('Een bijstandsmoeder met vragen', themes)).toEqual(['work'])
    expect(suggestThemes('De BESLAGVRIJE voet klopt niet', themes)).toEqual(['debts'])
  })

  it('are two at most, best first', () => {
    const found = suggestThemes('Gezin met jeugdhulp, schulden en een uitkering', themes)
    expect(found).toEqual(['youth', 'debts'])
  })

  it('are none when nothing fits', () => {
    expect(suggestThemes('', themes)).toEqual([])
    expect(suggestThemes('Wat eten we vanavond?', themes)).toEqual([])
  })
})
