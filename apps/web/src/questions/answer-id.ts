/** The id of an answer on its page, which links from mail and inbox point to. */
export function answerId(id: string): string {
  return `antwoord-${id}`
}
