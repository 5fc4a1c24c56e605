import type { contract, ParsedInput } from '@stockbook/client/contract'
import { type Db, lots, products, stockLevels } from '@stockbook/db'
import { and, eq, gt, inArray, lte, sql } from 'drizzle-orm'
import type { Actor } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { holdsWords } from '../../lists/filters.ts'
import { conditionsOf } from '../../lists/where.ts'
import { archiveRow, changeRow, createRow } from '../../masterData/audited.ts'
import { getRow, listRows } from '../../masterData/rows.ts'
import { isLocationInside } from '../locations/warehouseScope.sql.ts'

type Input = { [Name in keyof typeof contract.lots]: ParsedInput<(typeof contract.lots)[Name]> }

export const listLots = async (db: Db, input: Input['list']) =>
  listRows(
    db,
    lots,
    input,
    {
      code: { by: lots.code, type: 'text' },
      // A lot that does not expire comes after all that do.
      expiresOn: { by: sql`coalesce(${lots.expiresOn}, 'infinity')`, type: 'date' },
    },
    holdsWords(input.search, lots.code),
    input.productId ? eq(lots.productId, input.productId) : undefined,
    input.status && eq(lots.status, input.status),
    input.statuses && inArray(lots.status, input.statuses),
    input.expiresUntil ? lte(lots.expiresOn, input.expiresUntil) : undefined,
    ...(await conditionsOf(db, input.where, {
      productId: lots.productId,
      code: lots.code,
      expiresOn: lots.expiresOn,
      status: lots.status,
      createdAt: lots.createdAt,
      updatedAt: lots.updatedAt,
      version: lots.version,
    })),
  )

export const getLot = (db: Db, { id }: Input['get']) => getRow(db, lots, id)

/** @throws StockError LOT_NOT_ALLOWED when the product is not tracked by lot. */
export const createLot = (db: Db, actor: Actor, input: Input['create']) =>
  createRow(db, actor, lots, input, async (tx) => {
    const [product] = await tx
      .select({ tracking: products.tracking, sku: products.sku })
      .from(products)
      .where(eq(products.id, input.productId))
      .for('share')
    if (product && product.tracking !== 'lot') {
      throw new StockError('LOT_NOT_ALLOWED', { productId: input.productId, sku: product.sku })
    }
  })

/** Whoever has some of the lot in hand goes first: who ships it later learns of the change. */
export const updateLot = (
  db: Db,
  actor: Actor,
  { id, expectedVersion, ...changes }: Input['update'],
) =>
  changeRow(
    db,
    actor,
    lots,
    { id, expectedVersion },
    changes,
    async (tx) => {
      // Before the lot, as everybody does it. Who waits for a level gets it in turn, while the lot alone
      // could be held by one shipment after another.
      await tx
        .select({ id: stockLevels.id })
        .from(stockLevels)
        .where(eq(stockLevels.lotId, id))
        .orderBy(stockLevels.productId, stockLevels.locationId, stockLevels.lotId)
        .for('update')
    },
    'update',
  )

/** @throws StockError IN_USE while some of it is on hand. */
export const archiveLot = (db: Db, actor: Actor, input: Input['archive']) =>
  archiveRow(db, actor, lots, input, async (tx) => {
    const [stocked] = await tx
      .select({ locationId: stockLevels.locationId, onHand: stockLevels.onHand })
      .from(stockLevels)
      .where(and(eq(stockLevels.lotId, input.id), gt(stockLevels.onHand, 0)))
      .limit(1)
    if (!stocked) return
    const isTold = await isLocationInside(tx, stocked.locationId, actor.warehouseIds)
    throw new StockError('IN_USE', { id: input.id, ...(isTold && stocked) })
  })
