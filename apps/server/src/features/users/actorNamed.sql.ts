import { type Connection, users } from '@stockbook/db'
import { type Column, inArray } from 'drizzle-orm'
import type { Operand } from '../../lists/where.ts'

/**
 * The name of who did something. Whose name it may be is found first: PostgreSQL knows how much each of
 * them did, but takes a subquery's people to have done as much as any, and walks all that was ever done.
 */
export const actorNamed = (db: Connection, actorId: Column): Operand => ({
  by: users.displayName,
  async through(condition) {
    const named = await db.select({ id: users.id }).from(users).where(condition)
    return inArray(
      actorId,
      named.map(({ id }) => id),
    )
  },
})
