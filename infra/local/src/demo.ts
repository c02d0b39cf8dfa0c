import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type DatabaseUrls, isEmpty } from './database.ts'
import type { SignIn } from './seed.ts'

type Options = { dataDir: string; urls: DatabaseUrls; webOrigin: string; secret: string; say(line: string): void }

/** Seeds an empty database once, and remembers who can sign in for the starts after it. */
export async function fillWithDemo({ dataDir, urls, webOrigin, secret, say }: Options): Promise<SignIn[]> {
  const memory = join(dataDir, 'demo.json')
  if (await isEmpty(urls.ownerUrl)) {
    say('Filling the empty database with demo content')
    const { seedDemo } = await import('./seed.ts')
    const { signIn } = await seedDemo({ ...urls, webOrigin, secret })
    writeFileSync(memory, JSON.stringify(signIn, null, 2), { mode: 0o600 })
    return signIn
  }
  // Only the lines above write the file.
  return existsSync(memory) ? (JSON.parse(readFileSync(memory, 'utf8')) as SignIn[]) : []
}
