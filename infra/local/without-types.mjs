// Plain JavaScript: it runs before any TypeScript does, and so that none has to be read by the programs themselves.
// Taking the types out costs a program 50 MB for as long as it runs. As a program this file does that beforehand for all
// sources; loaded with --import it hands those out. A source that changed since is left to Node, only with more memory.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { registerHooks, stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'

const nameOf = (source) => `${createHash('sha256').update(process.version).update(source).digest('hex')}.js`

/** The sources of both programs and of the packages below them. */
function sources(root) {
  const folders = ['apps/api', 'apps/worker', ...readdirSync(join(root, 'packages')).map((name) => `packages/${name}`)]
  return folders
    .map((folder) => join(root, folder, 'src'))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true }).map((file) => join(folder, file)))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
}

function stripAll(kept, root) {
  mkdirSync(kept, { recursive: true, mode: 0o700 })
  const old = new Set(readdirSync(kept))
  for (const file of sources(root)) {
    const source = readFileSync(file, 'utf8')
    const name = nameOf(source)
    if (old.delete(name) || existsSync(join(kept, name))) continue
    // Types become spaces, so that a line in a stack trace is the line of the source.
    writeFileSync(join(kept, `${name}.new`), stripTypeScriptTypes(source), { mode: 0o600 })
    renameSync(join(kept, `${name}.new`), join(kept, name))
  }
  for (const name of old) rmSync(join(kept, name))
}

function handOut(kept) {
  registerHooks({
    load(url, context, nextLoad) {
      if (!url.startsWith('file:') || !url.endsWith('.ts')) return nextLoad(url, context)
      const stripped = join(kept, nameOf(readFileSync(new URL(url), 'utf8')))
      if (!existsSync(stripped)) return nextLoad(url, context)
      return { format: 'module', source: readFileSync(stripped), shortCircuit: true }
    },
  })
}

if (process.argv[1] === import.meta.filename) stripAll(process.argv[2], join(import.meta.dirname, '..', '..'))
else if (process.env.MEEDENK_WITHOUT_TYPES) handOut(process.env.MEEDENK_WITHOUT_TYPES)
