import { givenTarget, type ObjectName, objectNames } from './matrix-objects.ts'
import type { Call, Sample } from './matrix-sample.ts'
import type { ActorName } from './matrix-world.ts'

// A page is the same for everybody, so three kinds of reader are enough.
const readers: readonly ActorName[] = ['visitor', 'member', 'moderator', 'insider', 'expired']

const questionPage = (list: string): Sample => ({
  objects: objectNames,
  actors: readers,
  // The names of objects are those above.
  make: async (world, _actor, object): Promise<Call> => {
    const { number, slug } = await givenTarget(world, object as ObjectName)
    return { path: `${list}/${number}-${slug}` }
  },
})
const at = (path: string): Sample => ({ actors: readers, make: () => ({ path }) })

/** Requests for addresses outside the API that hold something variable. */
export const samplesOfPages: Record<string, Sample> = {
  'GET /vragen/:ref': questionPage('/vragen'),
  'GET /en/questions/:ref': questionPage('/en/questions'),
  'GET /assets/:name': at('/assets/index-1a.js'),
  'GET /sitemap-questions-:list(^\\d{1,5}).xml': at('/sitemap-questions-1.xml'),
  'GET /*': at('/jij'),
}

/** An address without anything variable is its own request. */
export function samplePage(method: string, url: string): Sample | undefined {
  return method === 'GET' && !url.startsWith('/api/v1') && !/[:*]/.test(url) ? at(url) : undefined
}
