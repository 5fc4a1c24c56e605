import { type Connection, type Db, users } from '@stockbook/db'
import type { contract, ParsedInput } from '@stockbook/client/contract'
import { eq, getColumns, sql } from 'drizzle-orm'
import { StockError } from '../../errors.ts'
import { holdsWords } from '../../lists/filters.ts'
import { keyset } from '../../lists/keyset.ts'
import type { Passwords } from '../auth/passwords.ts'

/** A user without the hash of the password. */
export function toUser({ passwordHash: _, ...user }: typeof users.$inferSelect) {
  return user
}

export async function getUser(db: Connection, id: string) {
  const [user] = await db.select().from(users).where(eq(users.id, id))
  if (!user) throw new StockError('NOT_FOUND', { entity: 'user', id })
  return toUser(user)
}

export async function createUser(
  db: Db,
  passwords: Passwords,
  { password, ...input }: ParsedInput<typeof contract.users.create>,
) {
  const passwordHash = await passwords.hash(password)
  const [user] = await db
    .insert(users)
    .values({ ...input, displayName: input.displayName ?? input.username, passwordHash })
    .returning()
  return toUser(user!)
}

export async function listUsers(db: Db, input: ParsedInput<typeof contract.users.list>) {
  const list = keyset(
    input,
    {
      username: { by: sql`lower(${users.username})`, type: 'text' },
      createdAt: { by: users.createdAt, type: 'timestamptz' },
    },
    { by: users.id, type: 'uuid' },
  )
  const rows = await db
    .select({ ...getColumns(users), position: list.position })
    .from(users)
    .where(
      list.where(
        holdsWords(input.search, users.username, users.displayName),
        input.role && eq(users.role, input.role),
      ),
    )
    .orderBy(...list.orderBy)
    .limit(list.limit)
  return list.page(rows, toUser)
}
