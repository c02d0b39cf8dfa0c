import { hash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { chooseCoding } from './static-files.ts'

/** `address` is the one right address, where there can be wrong ones. */
type Made = { pieces: string[]; address?: string }
type Ready = {
  source: string
  address: string | undefined
  text: Buffer
  etag: string
  packed: Map<string, Promise<Buffer>>
}

const keptMax = 300
const askedMax = 5000
const packers = {
  // Quick rather than small: pages are packed while somebody waits.
  br: (text: Buffer) =>
    promisify(brotliCompress)(text, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: text.length },
    }),
  gzip: (text: Buffer) => promisify(gzip)(text, { level: 5 }),
}

export type PageShelf = { make(key: string, source: string, render: () => Made): Ready }

/**
 * Pages as they were last made. Each is kept with what it was made from, so an old one is never sent for new content.
 * A page is kept when it is asked again: a crawler that reads everything once pushes nothing out.
 */
export function pageShelf(edition: string): PageShelf {
  const kept = new Map<string, Ready>()
  const asked = new Set<string>()
  return {
    make(key, source, render) {
      const known = kept.get(key)
      if (known?.source === source) return known
      const { pieces, address } = render()
      const etag = `W/"${edition}.${hash('sha1', source, 'base64url')}"`
      const ready = { source, address, text: encode(pieces), etag, packed: new Map() }
      if (known || asked.has(key)) keep(kept, key, ready)
      else if (asked.add(key).size > askedMax) asked.clear()
      return ready
    },
  }
}

function keep(kept: Map<string, Ready>, key: string, ready: Ready): void {
  kept.delete(key)
  kept.set(key, ready)
  const [oldest] = kept.size > keptMax ? kept.keys() : []
  if (oldest !== undefined) kept.delete(oldest)
}

/** A page to send that is made for this answer alone. */
export function readyPage(pieces: string[]): Ready {
  const text = encode(pieces)
  return { source: '', address: undefined, text, etag: `W/"${hash('sha1', text, 'base64url')}"`, packed: new Map() }
}

let room = Buffer.allocUnsafeSlow(256 * 1024)

/** Piece by piece: a single character beyond Latin would make a wide string of the whole page, ten times slower to encode. */
function encode(pieces: string[]): Buffer {
  const most = pieces.reduce((sum, piece) => sum + piece.length * 3, 0)
  if (most > room.length) room = Buffer.allocUnsafeSlow(most)
  let end = 0
  for (const piece of pieces) end += room.write(piece, end)
  return Buffer.from(room.subarray(0, end))
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
