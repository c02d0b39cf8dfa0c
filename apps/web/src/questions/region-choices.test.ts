import { expect, it } from 'vitest'
import { regionChoices } from './region-choices.ts'

const regions = [
  { code: 'GM0344', name: 'Utrecht', province: 'Utrecht', region: 'Midden-Utrecht' },
  { code: 'GM0352', name: 'Wijk bij Duurstede', province: 'Utrecht', region: 'Midden-Utrecht' },
  { code: 'GM0307', name: 'Amersfoort', province: 'Utrecht', region: 'Amersfoort' },
]

it('offers each labour market region once, by name', () => {
  expect(regionChoices(regions, null)).toEqual([
    { value: 'GM0307', label: 'Amersfoort' },
    { value: 'GM0344', label: 'Midden-Utrecht' },
  ])
})

it('keeps the municipality that was chosen, so that the choice shows as chosen', () => {
  expect(regionChoices(regions, 'GM0352').map(({ value }) => value)).toContain('GM0352')
})
