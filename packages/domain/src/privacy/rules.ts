import { no, type Verdict, yes } from '../errors.ts'
import type { ContributionChoice } from './schemas.ts'

/** Nobody leaves a channel without an owner, and one stops only once. */
export function mayLeave(person: { state: string; ownedChannels: number }): Verdict {
  if (person.state === 'leaving') return no('already_leaving')
  return person.ownedChannels > 0 ? no('owns_channel') : yes
}

/** What becomes of one post of somebody who left: what others built on stays readable for them, only its name goes. */
export function fateOf(choice: ContributionChoice, post: { builtOn: boolean }): 'named' | 'nameless' | 'erased' {
  if (choice === 'with_name') return 'named'
  return choice === 'erase' && !post.builtOn ? 'erased' : 'nameless'
}
