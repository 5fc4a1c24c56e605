import type { contract, ParsedInput } from '@stockbook/client/contract'
import { type Connection, inventoryCheckLines, inventoryChecks, users } from '@stockbook/db'
import { aliasedTable, and, eq, inArray, sql } from 'drizzle-orm'
import type { Actor } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { holdsWords } from '../../lists/filters.ts'
import { keyset } from '../../lists/keyset.ts'
import { conditionsOf } from '../../lists/where.ts'
import { isCheckInside } from './isCheckInside.sql.ts'

type Scope = ParsedInput<typeof contract.checks.open>['scope']

const opener = aliasedTable(users, 'opener')
const approver = aliasedTable(users, 'approver')

const checkColumns = {
  id: inventoryChecks.id,
  title: inventoryChecks.title,
  status: inventoryChecks.status,
  scope: sql<Scope>`${inventoryChecks.scope}`,
  isBlind: inventoryChecks.isBlind,
  acceptPercent: sql<string>`trim_scale(${inventoryChecks.acceptPercent})::text`,
  acceptValue: sql<string>`trim_scale(${inventoryChecks.acceptValue})::text`,
  recountPercent: sql<string>`trim_scale(${inventoryChecks.recountPercent})::text`,
  round: inventoryChecks.round,
  remark: inventoryChecks.remark,
  openedBy: inventoryChecks.openedBy,
  openedByName: opener.displayName,
  approvedBy: inventoryChecks.approvedBy,
  approvedByName: sql<string | null>`${approver.displayName}`,
  approvedAt: inventoryChecks.approvedAt,
  commandId: inventoryChecks.commandId,
  createdAt: inventoryChecks.createdAt,
  updatedAt: inventoryChecks.updatedAt,
  version: inventoryChecks.version,
  lines: sql`(select count(*) from ${inventoryCheckLines} line
    where line.check_id = ${inventoryChecks.id})`.mapWith(Number),
  toCount: sql`(select count(*) from ${inventoryCheckLines} line
    where line.check_id = ${inventoryChecks.id} and line.status in ('to_count', 'recount'))`.mapWith(
    Number,
  ),
}

function selectChecks<More extends Record<string, ReturnType<typeof sql>>>(
  db: Connection,
  more: More,
) {
  return db
    .select({ ...checkColumns, ...more })
    .from(inventoryChecks)
    .innerJoin(opener, eq(opener.id, inventoryChecks.openedBy))
    .leftJoin(approver, eq(approver.id, inventoryChecks.approvedBy))
    .$dynamic()
}

export async function listChecks(
  db: Connection,
  { warehouseIds }: Actor,
  input: ParsedInput<typeof contract.checks.list>,
) {
  const list = keyset(
    input,
    { createdAt: { by: inventoryChecks.createdAt, type: 'timestamptz' } },
    { by: inventoryChecks.id, type: 'uuid' },
  )
  const rows = await selectChecks(db, { position: list.position })
    .where(
      list.where(
        holdsWords(input.search, inventoryChecks.title),
        input.status && eq(inventoryChecks.status, input.status),
        input.statuses && inArray(inventoryChecks.status, input.statuses),
        ...(await conditionsOf(db, input.where, {
          ...checkColumns,
          acceptPercent: inventoryChecks.acceptPercent,
          acceptValue: inventoryChecks.acceptValue,
          recountPercent: inventoryChecks.recountPercent,
        })),
        isCheckInside(warehouseIds),
      ),
    )
    .orderBy(...list.orderBy)
    .limit(list.limit)
  return list.page(rows, (row) => row)
}

export async function getCheck(db: Connection, { warehouseIds }: Actor, id: string) {
  const [row] = await selectChecks(db, {}).where(
    and(eq(inventoryChecks.id, id), isCheckInside(warehouseIds)),
  )
  if (!row) throw new StockError('NOT_FOUND', { entity: 'check', id })
  return row
}
