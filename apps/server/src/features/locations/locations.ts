import type { contract, ParsedInput } from '@stockbook/client/contract'
import { type Db, locations, stockLevels } from '@stockbook/db'
import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import type { Actor } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { holdsWords } from '../../lists/filters.ts'
import { conditionsOf } from '../../lists/where.ts'
import { archiveRow, changeRow, createRow } from '../../masterData/audited.ts'
import { getRow, listRows, refuseArchived } from '../../masterData/rows.ts'
import { isInside } from './warehouseScope.sql.ts'

type Input = {
  [Name in keyof typeof contract.locations]: ParsedInput<(typeof contract.locations)[Name]>
}

export const listLocations = async (db: Db, { warehouseIds }: Actor, input: Input['list']) =>
  listRows(
    db,
    locations,
    input,
    {
      code: { by: sql`lower(${locations.code})`, type: 'text' },
      name: { by: locations.name, type: 'text' },
    },
    holdsWords(input.search, locations.code, locations.name),
    input.kind && eq(locations.kind, input.kind),
    input.parentId === null ? isNull(locations.parentId) : undefined,
    input.parentId ? eq(locations.parentId, input.parentId) : undefined,
    ...(await conditionsOf(db, input.where, {
      parentId: { by: locations.parentId, tree: locations },
      kind: locations.kind,
      code: { by: locations.code, isCaseless: true },
      name: locations.name,
      pickSequence: locations.pickSequence,
      createdAt: locations.createdAt,
      updatedAt: locations.updatedAt,
      version: locations.version,
    })),
    isInside(locations.id, warehouseIds),
  )

export const getLocation = (db: Db, { warehouseIds }: Actor, { id }: Input['get']) =>
  getRow(db, locations, id, isInside(locations.id, warehouseIds))

export const createLocation = (db: Db, actor: Actor, input: Input['create']) =>
  createRow(db, actor, locations, input, (tx) =>
    refuseArchived(tx, locations, input.parentId, 'parentId'),
  )

export const updateLocation = (
  db: Db,
  actor: Actor,
  { id, expectedVersion, ...changes }: Input['update'],
) =>
  changeRow(db, actor, locations, { id, expectedVersion }, changes, (tx) =>
    refuseArchived(tx, locations, changes.parentId, 'parentId'),
  )

/** @throws StockError IN_USE while it holds stock, or a place directly in it is in use. */
export const archiveLocation = (db: Db, actor: Actor, input: Input['archive']) =>
  archiveRow(db, actor, locations, input, async (tx) => {
    const [child] = await tx
      .select({ id: locations.id, code: locations.code })
      .from(locations)
      .where(and(eq(locations.parentId, input.id), isNull(locations.archivedAt)))
      .limit(1)
    if (child) throw new StockError('IN_USE', { id: input.id, usedBy: child })
    const [stocked] = await tx
      .select({ productId: stockLevels.productId, onHand: stockLevels.onHand })
      .from(stockLevels)
      .where(and(eq(stockLevels.locationId, input.id), gt(stockLevels.onHand, 0)))
      .limit(1)
    if (stocked) throw new StockError('IN_USE', { id: input.id, ...stocked })
  })
