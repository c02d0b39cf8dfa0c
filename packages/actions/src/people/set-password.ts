import { readFileSync } from 'node:fs'
import { accounts, passwords, people } from '@meedenk/db/schema'
import { atTheDoor } from '@meedenk/db/tenancy'
import { ProductError } from '@meedenk/domain/errors'
import { passwordLengthMin, passwordProblem } from '@meedenk/domain/people/password'
import { eq } from 'drizzle-orm'
import { asPerson, type Context, one, record } from '../context.ts'
import { checkProof } from './check-proof.ts'
import { hashPassword } from './hash-password.ts'

let commonPasswords: ReadonlySet<string> | undefined

/** The list of leaked passwords that comes with the product, so that no password ever leaves the house. */
function readCommonPasswords(): ReadonlySet<string> {
  commonPasswords ??= new Set(
    readFileSync(new URL('../../content/common-passwords.txt', import.meta.url), 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#')),
  )
  return commonPasswords
}

/** Sets or changes one's password. */
export async function setPassword(context: Context, password: string): Promise<void> {
  const person = asPerson(context)
  const { db, actor, now } = person
  const own = await atTheDoor(db, actor, async (tx) => {
    await checkProof(tx, person)
    const known = tx
      .select({ email: accounts.email, name: people.name, handle: people.handle })
      .from(accounts)
      .innerJoin(people, eq(people.id, accounts.personId))
      .where(eq(accounts.personId, actor.personId))
    return one(await known)
  })
  const problem = passwordProblem(password, [own.email, own.name, own.handle], readCommonPasswords())
  if (problem)
    throw new ProductError(problem, problem === 'password_too_short' ? { least: passwordLengthMin } : {}, '/password')
  const hash = await hashPassword(password)
  await atTheDoor(db, actor, async (tx) => {
    const values = { personId: actor.personId, hash, setAt: now }
    await tx
      .insert(passwords)
      .values(values)
      .onConflictDoUpdate({ target: passwords.personId, set: { hash, setAt: now } })
    await record(tx, context, { type: 'password.set', subjectId: actor.personId })
  })
}

/** Removes one's password; the other ways in stay. */
export function removePassword(context: Context): Promise<void> {
  const person = asPerson(context)
  const { db, actor } = person
  return atTheDoor(db, actor, async (tx) => {
    await checkProof(tx, person)
    const removed = await tx
      .delete(passwords)
      .where(eq(passwords.personId, actor.personId))
      .returning({ personId: passwords.personId })
    if (removed.length > 0) await record(tx, context, { type: 'password.removed', subjectId: actor.personId })
  })
}
