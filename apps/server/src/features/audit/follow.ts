import type { contract, ParsedInput } from '@stockbook/client/contract'
import { auditChain, auditLog, type Db, users } from '@stockbook/db'
import { and, asc, eq, getColumns, gt, inArray, lte } from 'drizzle-orm'
import { StockError } from '../../errors.ts'

type Input = ParsedInput<typeof contract.audit.follow>
type Head = NonNullable<Input['after']>

const beginning: Head = { position: 0, hash: '' }

/** The entries behind a place in the chain. Links are only ever added at its end. */
export async function followAudit(db: Db, { after = beginning, entities, limit }: Input) {
  if (after.position > 0) await refuseUnknown(db, after)
  const links = await db
    .select({ position: auditChain.position, hash: auditChain.hash })
    .from(auditChain)
    .where(gt(auditChain.position, after.position))
    .orderBy(asc(auditChain.position))
    .limit(limit + 1)
  const head = links.slice(0, limit).at(-1) ?? after
  const items = await db
    .select({ ...getColumns(auditLog), actorName: users.displayName })
    .from(auditChain)
    .innerJoin(auditLog, eq(auditLog.id, auditChain.auditId))
    .leftJoin(users, eq(users.id, auditLog.actorId))
    .where(
      and(
        gt(auditChain.position, after.position),
        lte(auditChain.position, head.position),
        entities && inArray(auditLog.entity, entities),
      ),
    )
    .orderBy(asc(auditChain.position))
  return { items, head, isEnd: links.length <= limit }
}

/** @throws StockError INVALID_CURSOR when the chain has another link there, or none. */
async function refuseUnknown(db: Db, { position, hash }: Head): Promise<void> {
  const isThere = and(eq(auditChain.position, position), eq(auditChain.hash, hash))
  if ((await db.$count(auditChain, isThere)) === 0) throw new StockError('INVALID_CURSOR', {})
}
