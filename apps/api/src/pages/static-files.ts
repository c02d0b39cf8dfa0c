import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'

const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
}
const worthPacking = new Set(['.js', '.css', '.svg', '.json', '.webmanifest', '.txt'])

export type StaticFile = { type: string; etag: string; content: Buffer; packed: Map<string, Promise<Buffer>> | null }

/**
 * Every file of the built web app by its address, in memory: there is no path to walk out of, and each is packed once.
 * Pages and the build's own notes are left out.
 */
export function readStaticFiles(folder: string): Map<string, StaticFile> {
  const found = new Map<string, StaticFile>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const address = `/${relative(folder, path).split(sep).join('/')}`
    const type = types[extname(entry.name)]
    if (!entry.isFile() || !type || address.startsWith('/.')) continue
    const content = readFileSync(path)
    const etag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`
    found.set(address, { type, etag, content, packed: worthPacking.has(extname(entry.name)) ? new Map() : null })
  }
  return found
}

const packers = {
  br: (content: Buffer) => promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  gzip: (content: Buffer) => promisify(gzip)(content),
}

/** Sends a file, packed as the browser likes; what carries a hash in its name never changes. */
export async function sendStaticFile(
  request: FastifyRequest,
  reply: FastifyReply,
  file: StaticFile,
  isHashed: boolean,
): Promise<FastifyReply> {
  reply
    .header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'public, no-cache')
    .header('etag', file.etag)
  if (file.packed) reply.header('vary', 'accept-encoding')
  if (request.headers['if-none-match'] === file.etag) return reply.code(304).send()
  reply.type(file.type)
  const coding = file.packed && chooseCoding(String(request.headers['accept-encoding'] ?? ''))
  if (!coding || !file.packed) return reply.send(file.content)
  const packed = file.packed.get(coding) ?? packers[coding](file.content)
  file.packed.set(coding, packed)
  return reply.header('content-encoding', coding).send(await packed)
}

/** The best coding that both sides know; null when it is better sent as it is. */
export function chooseCoding(accepted: string): 'br' | 'gzip' | null {
  if (/\bbr\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(accepted)) return 'br'
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(accepted) ? 'gzip' : null
}
