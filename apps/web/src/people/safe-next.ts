/** A path on our own site to go on to, or nothing; what else stands in an address may lead anywhere. */
export function safeNext(value: unknown): string | undefined {
  return typeof value === 'string' && /^\/(?![/\\])[^\\\s\p{C}]*$/u.test(value) ? value : undefined
}
