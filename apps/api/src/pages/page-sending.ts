import { hash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { chooseCoding } from './static-files.ts'

/** `address` is the one right address, where there can be wrong ones. */
type Made = { text: string; address?: string }
type Ready = {
  source: string
  address: string | undefined
  text: Buffer
  etag: string
  packed: Map<string, Promise<Buffer>>
}

const keptMax = 300
const packers = {
  // Quick rather than small: pages are packed while somebody waits.
  br: (text: Buffer) =>
    promisify(brotliCompress)(text, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: text.length },
    }),
  gzip: (text: Buffer) => promisify(gzip)(text, { level: 5 }),
}

export type PageShelf = { make(key: string, source: string, render: () => Made): Ready }

/** Pages as they were last made. Each is kept with what it was made from, so an old one is never sent for new content. */
export function pageShelf(edition: string): PageShelf {
  const kept = new Map<string, Ready>()
  return {
    make(key, source, render) {
      const known = kept.get(key)
      if (known?.source === source) return known
      const { text, address } = render()
      const ready = { ...readyPage(text, `${edition}${source}`), source, address }
      kept.delete(key)
      kept.set(key, ready)
      const [oldest] = kept.size > keptMax ? kept.keys() : []
      if (oldest !== undefined) kept.delete(oldest)
      return ready
    },
  }
}

/** A page to send, tagged by what it was made from, which is a good deal shorter than the page. */
export function readyPage(page: string, madeFrom = page): Ready {
  return {
    source: '',
    address: undefined,
    text: Buffer.from(page),
    etag: `W/"${hash('sha1', madeFrom, 'base64url')}"`,
    packed: new Map(),
  }
}

/** Sends a page: asked again each time, and only as a whole when it has changed. */
export async function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  page: Ready,
  cacheControl = 'public, no-cache',
): Promise<FastifyReply> {
  reply.header('cache-control', cacheControl).header('vary', 'accept-encoding').type('text/html; charset=utf-8')
  if (reply.statusCode === 200) reply.header('etag', page.etag)
  if (reply.statusCode === 200 && String(request.headers['if-none-match'] ?? '').includes(page.etag))
    return reply.code(304).send()
  const coding = chooseCoding(String(request.headers['accept-encoding'] ?? ''))
  if (!coding) return reply.send(page.text)
  const packed = page.packed.get(coding) ?? packers[coding](page.text)
  page.packed.set(coding, packed)
  return reply.header('content-encoding', coding).send(await packed)
}
