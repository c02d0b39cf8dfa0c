let seeds: Map<string, unknown> | undefined

/** Hands over, once, the answer the server already put into the page for this API path. */
export function takeInitial(path: string): unknown {
  seeds ??= readSeeds()
  const answer = seeds.get(path)
  seeds.delete(path)
  return answer
}

function readSeeds(): Map<string, unknown> {
  const text = document.getElementById('initial')?.textContent
  if (!text) return new Map()
  try {
    const answers: Record<string, unknown> = JSON.parse(text)
    return new Map(Object.entries(answers).map(([path, answer]) => [path.replace(/^\/api\/v1(?=\/)/, ''), answer]))
  } catch {
    // A page without its answers asks for them itself.
    return new Map()
  }
}
