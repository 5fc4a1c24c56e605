import type { contract, ParsedInput } from '@stockbook/client/contract'
import {
  attachments,
  commands,
  inventoryChecks,
  lots,
  partners,
  products,
  type Tx,
} from '@stockbook/db'
import { and, eq } from 'drizzle-orm'
import type { Actor } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { namedRow } from '../../masterData/rows.ts'
import { isCheckInside } from '../checks/isCheckInside.sql.ts'
import type { WarehouseScope } from '../locations/warehouseScope.sql.ts'
import { isCommandInside } from './isOpenTo.ts'

type Which = Pick<ParsedInput<typeof contract.attachments.add>, 'entity' | 'entityId'>
type Entity = Which['entity']

/** The column of `attachments` that holds the id of each. */
export const columnNames = {
  product: 'productId',
  lot: 'lotId',
  partner: 'partnerId',
  check: 'checkId',
  command: 'commandId',
} as const satisfies Record<Entity, keyof typeof attachments.$inferSelect>

export const columnOf = (entity: Entity) => attachments[columnNames[entity]]

/** The column of a new attachment that says what it belongs to. */
export const belongsTo = ({ entity, entityId }: Which) => ({ [columnNames[entity]]: entityId })

/** What an attachment belongs to. */
export function entityOf(row: typeof attachments.$inferSelect): Which {
  for (const [entity, column] of Object.entries(columnNames) as [Entity, ColumnName][]) {
    const entityId = row[column]
    if (entityId !== null) return { entity, entityId }
  }
  throw new Error('the database keeps no attachment that belongs to nothing')
}

type ColumnName = (typeof columnNames)[Entity]

const masterData = { product: products, lot: lots, partner: partners }

/**
 * Nothing is put under what is not there, or is out of use. A check that is over and a command take
 * files all the same: the paper often comes later. What is outside of the actor's warehouses is not there.
 * @throws StockError REFERENCE_NOT_FOUND, ARCHIVED
 */
export async function refuseUnfit(
  tx: Tx,
  { warehouseIds }: Actor,
  { entity, entityId }: Which,
): Promise<void> {
  const named = { entity, field: 'entityId' }
  if (entity === 'check' || entity === 'command') {
    const isThere = entity === 'check' ? isCheck : isPosted
    if (await isThere(tx, warehouseIds, entityId)) return
    throw new StockError('REFERENCE_NOT_FOUND', { ...named, value: entityId })
  }
  const row = await namedRow(tx, masterData[entity], entityId, named, { kept: true })
  if (row.archivedAt) throw new StockError('ARCHIVED', { field: 'entityId', id: entityId })
}

async function isCheck(tx: Tx, scope: WarehouseScope, id: string): Promise<boolean> {
  const found = and(eq(inventoryChecks.id, id), isCheckInside(scope))
  return (await tx.$count(inventoryChecks, found)) === 1
}

/** A command that was refused has moved nothing that a file could tell of. */
async function isPosted(tx: Tx, scope: WarehouseScope, id: string): Promise<boolean> {
  const posted = and(
    eq(commands.id, id),
    eq(commands.outcome, 'posted'),
    isCommandInside(commands.id, scope),
  )
  return (await tx.$count(commands, posted)) === 1
}
