import type { contract, ParsedInput } from '@stockbook/client/contract'
import { type Connection, type Db, inTransaction, type Tx, users } from '@stockbook/db'
import { and, eq, getColumns, isNotNull, isNull, ne, sql } from 'drizzle-orm'
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core'
import type { Author, Services } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { holdsWords } from '../../lists/filters.ts'
import { keyset } from '../../lists/keyset.ts'
import { conditionsOf } from '../../lists/where.ts'
import { recordChange } from '../audit/record.ts'
import type { Passwords } from '../auth/passwords.ts'
import { refuseWeakPassword } from '../auth/weakPasswords.ts'
import { endSessionsOf } from '../sessions/sessions.ts'
import { replaceWarehouses } from './replaceWarehouses.ts'
import { comparedWarehouseIds, warehouseIds } from './userWarehouses.sql.ts'

type Input = { [Name in keyof typeof contract.users]: ParsedInput<(typeof contract.users)[Name]> }
export type UserRow = typeof users.$inferSelect & { warehouseIds: string[] | null }

/** All that there is of a user, for `toUser`. */
export const userColumns = { ...getColumns(users), warehouseIds }

/** A user without the hash of the password. */
export function toUser({ passwordHash: _, ...user }: UserRow) {
  return user
}

export async function getUser(db: Connection, id: string) {
  const [user] = await db.select(userColumns).from(users).where(eq(users.id, id))
  if (!user) throw new StockError('NOT_FOUND', { entity: 'user', id })
  return toUser(user)
}

export async function createUser(
  db: Db,
  passwords: Passwords,
  author: Author,
  { password, ...input }: Input['create'],
) {
  refuseWeakPassword(password, input.username, 'password')
  const passwordHash = await passwords.hash(password)
  const displayName = input.displayName ?? input.username
  return inTransaction(db, (tx) => insertUser(tx, author, { ...input, displayName, passwordHash }))
}

type NewUser = typeof users.$inferInsert & { warehouseIds?: readonly string[] | null }

/** Adds a user and says so in the audit log. */
export async function insertUser(
  tx: Tx,
  author: Author,
  { warehouseIds: wanted = null, ...values }: NewUser,
) {
  const [row] = await tx.insert(users).values(values).returning({ id: users.id })
  if (wanted !== null) await replaceWarehouses(tx, row!.id, wanted)
  const user = await getUser(tx, row!.id)
  await recordChange(tx, author, { entity: 'user', entityId: user.id, before: null, after: user })
  return user
}

export async function listUsers(db: Db, input: Input['list']) {
  const list = keyset(
    input,
    {
      username: { by: sql`lower(${users.username})`, type: 'text' },
      createdAt: { by: users.createdAt, type: 'timestamptz' },
    },
    { by: users.id, type: 'uuid' },
  )
  const isDisabled = input.disabled ? isNotNull(users.disabledAt) : isNull(users.disabledAt)
  const rows = await db
    .select({ ...userColumns, position: list.position })
    .from(users)
    .where(
      list.where(
        holdsWords(input.search, users.username, users.displayName),
        input.role && eq(users.role, input.role),
        input.kind && eq(users.kind, input.kind),
        input.disabled === undefined ? undefined : isDisabled,
        ...(await conditionsOf(db, input.where, {
          username: { by: users.username, isCaseless: true },
          displayName: users.displayName,
          role: users.role,
          kind: users.kind,
          warehouseIds: comparedWarehouseIds,
          mustChangePassword: users.mustChangePassword,
          secondFactorSince: users.secondFactorSince,
          disabledAt: users.disabledAt,
          createdAt: users.createdAt,
          updatedAt: users.updatedAt,
          version: users.version,
        })),
      ),
    )
    .orderBy(...list.orderBy)
    .limit(list.limit)
  return list.page(rows, toUser)
}

export function updateUser(
  db: Db,
  author: Author,
  { id, expectedVersion, warehouseIds: wanted, ...changes }: Input['update'],
) {
  return inTransaction(db, (tx) =>
    changeUser(tx, author, { id, expectedVersion }, changes, {
      mayTakeLastAdmin: changes.role === 'operator',
      warehouseIds: wanted,
    }),
  )
}

/** Shuts a user out, or lets one back in. */
export function disableUser(db: Db, author: Author, { disabled, ...which }: Input['disable']) {
  return inTransaction(db, async (tx) => {
    const disabledAt = disabled ? sql`coalesce(${users.disabledAt}, now())` : null
    const user = await changeUser(
      tx,
      author,
      which,
      { disabledAt },
      {
        mayTakeLastAdmin: disabled,
      },
    )
    if (disabled) await endSessionsOf(tx, which.id, 'user_disabled')
    return user
  })
}

/** Sets a password that is good for choosing another one. */
export async function resetPassword(
  { db, passwords }: Services,
  author: Author,
  { id, password }: Input['resetPassword'],
) {
  const { kind, username } = await getUser(db, id)
  if (kind === 'service') {
    throw new StockError('IN_USE', { id, reason: 'a service has no password' })
  }
  refuseWeakPassword(password, username, 'password')
  const passwordHash = await passwords.hash(password)
  return inTransaction(db, async (tx) => {
    const user = await changeUser(tx, author, { id }, { passwordHash, mustChangePassword: true })
    await endSessionsOf(tx, id, 'password_changed')
    return user
  })
}

/**
 * Holds a user as it is until the transaction ends.
 * @throws StockError NOT_FOUND
 */
export async function lockUser(tx: Tx, id: string): Promise<UserRow> {
  const [user] = await tx.select(userColumns).from(users).where(eq(users.id, id)).for('update')
  if (!user) throw new StockError('NOT_FOUND', { entity: 'user', id })
  return user
}

/** Changes a user and says so in the audit log. */
export async function changeUser(
  tx: Tx,
  author: Author,
  { id, expectedVersion }: { id: string; expectedVersion?: number | undefined },
  changes: PgUpdateSetSource<typeof users>,
  {
    mayTakeLastAdmin = false,
    warehouseIds: wanted,
  }: { mayTakeLastAdmin?: boolean; warehouseIds?: readonly string[] | null | undefined } = {},
) {
  // Two who demote each other at once must not both find the other one still there.
  if (mayTakeLastAdmin)
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('administrators'))`)
  const before = await lockUser(tx, id)
  if (expectedVersion !== undefined && expectedVersion !== before.version) {
    throw new StockError('CHANGED_MEANWHILE', { id, expectedVersion, version: before.version })
  }
  const isActiveAdmin = before.kind === 'person' && before.role === 'admin' && !before.disabledAt
  if (mayTakeLastAdmin && isActiveAdmin) await refuseLastAdmin(tx, id)
  if (wanted !== undefined) await replaceWarehouses(tx, id, wanted)
  await tx
    .update(users)
    .set({ ...changes, updatedAt: sql`now()`, version: sql`${users.version} + 1` })
    .where(eq(users.id, id))
  const user = await getUser(tx, id)
  refuseRestrictedAdmin(user, wanted ? 'warehouseIds' : 'role')
  await recordChange(tx, author, {
    entity: 'user',
    entityId: id,
    before: toUser(before),
    after: user,
  })
  return user
}

/**
 * An administrator gives and takes warehouses, and reaches all. So that nobody gains them unnoticed, who
 * is restricted becomes an administrator only once that was cleared on purpose.
 */
function refuseRestrictedAdmin(
  { role, warehouseIds: restrictedTo }: Pick<UserRow, 'role' | 'warehouseIds'>,
  field: 'role' | 'warehouseIds',
): void {
  if (role !== 'admin' || restrictedTo === null) return
  const message =
    field === 'role'
      ? 'is restricted to warehouses: clear them first, or in the same change'
      : 'an administrator works in all warehouses'
  throw new StockError('INVALID_INPUT', { issues: [{ path: [field], message }] })
}

/** A key cannot sign in to the panel and mend things: only people count. */
async function refuseLastAdmin(tx: Tx, id: string): Promise<void> {
  const others = await tx.$count(
    users,
    and(
      eq(users.kind, 'person'),
      eq(users.role, 'admin'),
      isNull(users.disabledAt),
      ne(users.id, id),
    ),
  )
  if (others === 0) throw new StockError('LAST_ADMIN', { id })
}
