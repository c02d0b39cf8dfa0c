import type { DatabaseUrls } from './database.ts'

export type SignIn = { name: string; email: string; note: string }
type Options = DatabaseUrls & { webOrigin: string; secret: string }

/** Fills an empty database with the demo content. */
export async function seedDemo(_options: Options): Promise<{ signIn: SignIn[] }> {
  return { signIn: [] }
}
