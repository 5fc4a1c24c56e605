import { randomBytes } from 'node:crypto'
import {
  type contract,
  maxApiKeyDays,
  type ParsedInput,
  type Role,
} from '@stockbook/client/contract'
import {
  apiKeys,
  type Connection,
  type Db,
  inTransaction,
  type Tx,
  users,
  violatedConstraint,
} from '@stockbook/db'
import { and, eq, gt, isNull, type SQL, sql } from 'drizzle-orm'
import type { Actor } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { keyset } from '../../lists/keyset.ts'
import { conditionsOf } from '../../lists/where.ts'
import { recordChange } from '../audit/record.ts'
import { hashOfSecret } from '../auth/refreshTokens.ts'
import { replaceWarehouses } from '../users/replaceWarehouses.ts'
import { comparedWarehouseIds, warehouseIds } from '../users/userWarehouses.sql.ts'

type Input = {
  [Name in keyof typeof contract.apiKeys]: ParsedInput<(typeof contract.apiKeys)[Name]>
}

/** What secret scanners know our keys by. */
const keyPrefix = 'sbk_'
const hintLength = 4
const defaultDays = 90
const dayMs = 86_400_000

const columns = {
  id: apiKeys.id,
  userId: apiKeys.userId,
  name: users.displayName,
  role: users.role,
  warehouseIds,
  hint: apiKeys.hint,
  createdAt: apiKeys.createdAt,
  expiresAt: apiKeys.expiresAt,
  lastUsedAt: apiKeys.lastUsedAt,
  revokedAt: apiKeys.revokedAt,
}

function selectKeys<More extends Record<string, SQL>>(db: Connection, more: More) {
  return db
    .select({ ...columns, ...more })
    .from(apiKeys)
    .innerJoin(users, eq(users.id, apiKeys.userId))
    .$dynamic()
}

/** @throws StockError NOT_FOUND */
export async function getApiKey(db: Connection, id: string) {
  const [key] = await selectKeys(db, {}).where(eq(apiKeys.id, id))
  if (!key) throw new StockError('NOT_FOUND', { entity: 'apiKey', id })
  return key
}

export async function listApiKeys(db: Db, input: Input['list']) {
  const list = keyset(
    input,
    {
      createdAt: { by: apiKeys.createdAt, type: 'timestamptz' },
      name: { by: users.displayName, type: 'text' },
    },
    { by: apiKeys.id, type: 'uuid' },
  )
  const isGood = and(isNull(apiKeys.revokedAt), gt(apiKeys.expiresAt, sql`now()`))
  const rows = await selectKeys(db, { position: list.position })
    .where(
      list.where(
        input.includeEnded ? undefined : isGood,
        ...(await conditionsOf(db, input.where, {
          name: users.displayName,
          role: users.role,
          warehouseIds: comparedWarehouseIds,
          hint: apiKeys.hint,
          createdAt: apiKeys.createdAt,
          expiresAt: apiKeys.expiresAt,
          lastUsedAt: apiKeys.lastUsedAt,
          revokedAt: apiKeys.revokedAt,
        })),
      ),
    )
    .orderBy(...list.orderBy)
    .limit(list.limit)
  return list.page(rows, (row) => row)
}

/** Makes a key, and the service user that it acts as. */
export function createApiKey(
  db: Db,
  actor: Actor,
  { name, role, expiresAt, warehouseIds: wanted }: Input['create'],
) {
  const now = Date.now()
  const until = expiresAt ?? new Date(now + defaultDays * dayMs)
  if (until.getTime() <= now || until.getTime() > now + maxApiKeyDays * dayMs) {
    throw new StockError('INVALID_INPUT', {
      issues: [
        { path: ['expiresAt'], message: `must lie ahead, by at most ${maxApiKeyDays} days` },
      ],
    })
  }
  const key = `${keyPrefix}${randomBytes(32).toString('base64url')}`
  return inTransaction(db, async (tx) => {
    const service = await insertService(tx, name, role)
    if (wanted !== null) await replaceWarehouses(tx, service, wanted)
    const [row] = await tx
      .insert(apiKeys)
      .values({
        userId: service,
        keyHash: hashOfSecret(key),
        hint: key.slice(-hintLength),
        createdBy: actor.id,
        expiresAt: until,
      })
      .returning({ id: apiKeys.id })
    const made = await getApiKey(tx, row!.id)
    await recordChange(tx, actor, {
      entity: 'apiKey',
      entityId: made.id,
      before: null,
      after: made,
    })
    return { ...made, key }
  })
}

/** The user that a key acts as. Gives its id. */
async function insertService(tx: Tx, name: string, role: Role): Promise<string> {
  const values = { kind: 'service', username: `key:${name}`, displayName: name, role } as const
  try {
    const [service] = await tx.insert(users).values(values).returning({ id: users.id })
    return service!.id
  } catch (error) {
    if (violatedConstraint(error) !== 'users_username_key') throw error
    const taken = { entity: 'apiKey', field: 'name', value: name }
    throw new StockError('ALREADY_EXISTS', taken, { cause: error })
  }
}

export function revokeApiKey(db: Db, actor: Actor, { id }: Input['revoke']) {
  return inTransaction(db, async (tx) => {
    const before = await getApiKey(tx, id)
    const revoked = await tx
      .update(apiKeys)
      .set({ revokedAt: sql`now()` })
      .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
      .returning({ id: apiKeys.id })
    const after = await getApiKey(tx, id)
    if (revoked.length === 0) return after
    await recordChange(tx, actor, { entity: 'apiKey', entityId: id, before, after })
    return after
  })
}
