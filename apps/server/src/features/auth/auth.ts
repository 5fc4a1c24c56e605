import { eq, sql } from 'drizzle-orm'
import { type Db, users } from '@stockbook/db'
import type { Actor, Services } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { getUser, toUser } from '../users/users.ts'

/** Trades a name and a password for an access token. */
export async function signIn(
  { db, passwords, tokens }: Services,
  { username, password }: { username: string; password: string },
) {
  const [user] = await db
    .select()
    .from(users)
    .where(eq(sql`lower(${users.username})`, username.trim().toLowerCase()))
  const usable = user && !user.disabledAt ? user : null
  const matches = await passwords.match(password, usable?.passwordHash ?? null)
  if (!usable || !matches) throw new StockError('SIGN_IN_FAILED')
  return { ...tokens.issue(usable.id), user: toUser(usable) }
}

/** The user behind an id, as the database has it now; null when there is none or it is disabled. */
export async function actorById(db: Db, userId: string): Promise<Actor | null> {
  const [user] = await db.select().from(users).where(eq(users.id, userId))
  if (!user || user.disabledAt) return null
  return { id: user.id, username: user.username, role: user.role }
}

/** Who is signed in, in full. */
export const whoAmI = (db: Db, actor: Actor) => getUser(db, actor.id)
