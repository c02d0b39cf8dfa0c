import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type Secrets = { secret: string; api: string; worker: string; queue: string }

const newSecret = () => randomBytes(32).toString('base64url')

/** Makes the secrets of this data directory once and keeps them readable for its owner only. */
export function keepSecrets(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json')
  if (!existsSync(file)) {
    const secrets: Secrets = { secret: newSecret(), api: newSecret(), worker: newSecret(), queue: newSecret() }
    writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  }
  // Only this function writes the file.
  return JSON.parse(readFileSync(file, 'utf8')) as Secrets
}
