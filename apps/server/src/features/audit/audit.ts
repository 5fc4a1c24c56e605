import type { contract, ParsedInput } from '@stockbook/client/contract'
import { auditChain, auditLog, type Db, users } from '@stockbook/db'
import { and, desc, eq, getColumns, gte, inArray, lt, or, sql } from 'drizzle-orm'
import { keyset } from '../../lists/keyset.ts'
import { conditionsOf } from '../../lists/where.ts'
import { attachmentIdsOf } from '../attachments/attachmentIdsOf.ts'
import { actorNamed } from '../users/actorNamed.sql.ts'

export async function listAudit(db: Db, input: ParsedInput<typeof contract.audit.list>) {
  const list = keyset(
    input,
    {
      id: { by: auditLog.id, type: 'bigint' },
      recordedAt: { by: auditLog.recordedAt, type: 'timestamptz' },
    },
    { by: auditLog.id, type: 'bigint' },
  )
  const isOfRow = and(
    input.entity ? eq(auditLog.entity, input.entity) : undefined,
    input.entityId ? eq(auditLog.entityId, input.entityId) : undefined,
  )
  const files = input.includeAttachments ? await attachmentIdsOf(db, input) : []
  const isOfFile =
    files.length > 0
      ? [and(eq(auditLog.entity, 'attachment'), inArray(auditLog.entityId, files))]
      : []
  const rows = await db
    .select({ ...getColumns(auditLog), actorName: users.displayName, position: list.position })
    .from(auditLog)
    .leftJoin(users, eq(users.id, auditLog.actorId))
    .where(
      list.where(
        or(isOfRow, ...isOfFile),
        input.action ? eq(auditLog.action, input.action) : undefined,
        input.actorId ? eq(auditLog.actorId, input.actorId) : undefined,
        input.recordedFrom ? gte(auditLog.recordedAt, input.recordedFrom) : undefined,
        input.recordedBefore ? lt(auditLog.recordedAt, input.recordedBefore) : undefined,
        ...(await conditionsOf(db, input.where, {
          id: auditLog.id,
          recordedAt: auditLog.recordedAt,
          actorId: auditLog.actorId,
          actorName: actorNamed(db, auditLog.actorId),
          action: auditLog.action,
          entity: auditLog.entity,
          entityId: auditLog.entityId,
          requestId: auditLog.requestId,
        })),
      ),
    )
    .orderBy(...list.orderBy)
    .limit(list.limit)
  return list.page(rows, (row) => row)
}

/** Links what was committed since, or looks for what was left out. Returns how much it linked. */
export async function linkAudit(db: Db, { everything = false } = {}): Promise<number> {
  const { rows } = await db.execute<{ linked: number }>(
    sql`select audit_link(${everything}) as linked`,
  )
  return rows[0]!.linked
}

type Fault = 'altered' | 'row_missing' | 'link_missing' | 'head_missing'

/** Goes through the whole chain. */
export async function verifyAudit(db: Db, input: ParsedInput<typeof contract.audit.verify>) {
  await linkAudit(db, { everything: true })
  const { rows } = await db.execute<{ position: string; audit_id: string | null; fault: Fault }>(
    sql`select position, audit_id, fault from audit_first_fault()`,
  )
  const [found] = rows
  const [head] = await db
    .select({ position: auditChain.position, hash: auditChain.hash })
    .from(auditChain)
    .orderBy(desc(auditChain.position))
    .limit(1)
  const firstFault = found
    ? {
        position: Number(found.position),
        auditId: found.audit_id === null ? null : Number(found.audit_id),
        fault: found.fault,
      }
    : await missingHead(db, input?.expectedHead)
  return {
    ok: firstFault === null,
    checkedEntries: await db.$count(auditChain),
    head: head ?? { position: 0, hash: '' },
    firstFault,
  }
}

/** Whether a place that somebody kept elsewhere is still part of the chain. */
async function missingHead(db: Db, expected: { position: number; hash: string } | undefined) {
  if (!expected || expected.position === 0) return null
  const kept = await db.$count(
    auditChain,
    and(eq(auditChain.position, expected.position), eq(auditChain.hash, expected.hash)),
  )
  if (kept === 1) return null
  return { position: expected.position, auditId: null, fault: 'head_missing' as const }
}
