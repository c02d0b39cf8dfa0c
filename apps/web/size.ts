import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'

interface Chunk {
  file: string
  imports?: string[]
}

// What a reader's browser fetches for one page, brotli-compressed: `node apps/web/size.ts` after a build.
const dist = join(import.meta.dirname, 'dist')
const manifest: Record<string, Chunk> = JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8'))
const always = ['index.html', 'src/shell/messages-nl.ts']
const size = (file: string) => brotliCompressSync(readFileSync(join(dist, file))).length
const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1).padStart(7)} kB`

function filesOf(entry: string, found = new Set<string>()): Set<string> {
  const chunk = manifest[entry]
  if (!chunk || found.has(chunk.file)) return found
  found.add(chunk.file)
  for (const imported of chunk.imports ?? []) filesOf(imported, found)
  return found
}

for (const page of Object.keys(manifest).filter((entry) => entry.endsWith('Page.vue'))) {
  const files = [...always, page].reduce((found, entry) => filesOf(entry, found), new Set<string>())
  console.log(kilobytes([...files].reduce((sum, file) => sum + size(file), 0)), page)
}
for (const file of readdirSync(join(dist, 'assets')).filter((name) => name.endsWith('.css'))) {
  console.log(kilobytes(size(join('assets', file))), file)
}
