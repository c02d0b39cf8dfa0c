import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The root of the checkout. */
export const root = join(import.meta.dirname, '..', '..', '..')

/** Where the local stack keeps its data: MEEDENK_DATA_DIR, or .data in the checkout. */
export function findDataDir(): string {
  const chosen = process.env['MEEDENK_DATA_DIR']
  return chosen ? resolve(root, chosen) : join(root, '.data')
}

/** Makes the data directory; root's may be walked through, because PostgreSQL runs there under another account. */
export function makeDataDir(dataDir: string) {
  mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
}

/** Makes a folder of the data directory, closed to other people on this machine. */
export function makeFolder(...parts: string[]): string {
  const folder = join(...parts)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}
