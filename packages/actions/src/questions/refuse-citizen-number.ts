import { ProductError } from '@meedenk/domain/errors'
import { hasCitizenNumber } from '@meedenk/domain/privacy/citizen-number'

/** The one hard stop of the privacy check: a citizen number never reaches a page. Takes texts by the field they came from. */
export function refuseCitizenNumber(texts: Record<string, string | null | undefined>): void {
  for (const [field, text] of Object.entries(texts)) {
    if (text && hasCitizenNumber(text)) throw new ProductError('citizen_number', {}, `/${field}`)
  }
}
