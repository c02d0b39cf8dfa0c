import type { Perspective } from '@meedenk/domain/questions/schemas'

/** The tint of a perspective; its word always stands beside it. */
export const perspectiveTone = {
  practice: 'gracht',
  policy: 'lucht',
  knowledge: 'kamer',
  experience: 'koraal',
} as const satisfies Record<Perspective, string>
