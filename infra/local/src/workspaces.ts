import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './places.ts'

export type Workspace = { name: string; folder: string; typesCommand: string | undefined }

/** Lists the workspaces of the checkout, with the command by which each checks its types. */
export function listWorkspaces(): Workspace[] {
  const folders = ['apps', 'packages', 'infra'].flatMap((top) =>
    readdirSync(join(root, top)).map((name) => join(top, name)),
  )
  return folders
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .map((folder) => {
      const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
      return { name: folder, folder: join(root, folder), typesCommand: manifest.scripts?.types }
    })
}

/** Lists the files below a folder whose names end in one of the given ways, relative to the root. */
export function listFiles(folder: string, ...endings: string[]): string[] {
  if (!existsSync(join(root, folder))) return []
  const skipped = new Set(['node_modules', 'dist', 'out', '.turbo', 'test-results'])
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : listFiles(path, ...endings)
    return endings.some((ending) => entry.name.endsWith(ending)) ? [path] : []
  })
}

/** Reads a file of the checkout. */
export function readText(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}
