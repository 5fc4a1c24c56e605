import type { contract, ParsedInput } from '@stockbook/client/contract'
import {
  type Connection,
  categories,
  type Db,
  inTransaction,
  packagings,
  partners,
  productCodes,
  products,
  stockLevels,
  type Tx,
} from '@stockbook/db'
import { and, eq, getColumns, gt, isNull, notInArray, sql } from 'drizzle-orm'
import type { Actor } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { hasValue, holdsWords } from '../../lists/filters.ts'
import { withinTree } from '../../lists/tree.sql.ts'
import { listValues } from '../../lists/values.ts'
import { conditionsOf, type Operands } from '../../lists/where.ts'
import {
  archiving,
  insertRow,
  listRowsWith,
  lockRow,
  refuseArchived,
  updateRow,
} from '../../masterData/rows.ts'
import { anyOfKeys, readTogether } from '../../readTogether.ts'
import { recordChange } from '../audit/record.ts'
import { lookupKey } from './codes.ts'
import { parts } from './parts.sql.ts'

type Input = {
  [Name in keyof typeof contract.products]: ParsedInput<(typeof contract.products)[Name]>
}
type Row = typeof products.$inferSelect

async function withOwnParts(db: Connection, row: Row) {
  const [own] = await db.select(parts).from(products).where(eq(products.id, row.id))
  return { ...row, ...own! }
}

const operands: Operands<Input['list']['where']> = {
  sku: { by: products.sku, isCaseless: true },
  name: products.name,
  description: products.description,
  categoryId: { by: products.categoryId, tree: categories },
  supplierId: products.supplierId,
  baseUnit: products.baseUnit,
  tracking: products.tracking,
  reorderPoint: products.reorderPoint,
  minimumStock: products.minimumStock,
  maximumStock: products.maximumStock,
  abcClass: products.abcClass,
  minimumShelfLifeDays: products.minimumShelfLifeDays,
  unitPrice: products.unitPrice,
  unitCost: products.unitCost,
  createdAt: products.createdAt,
  updatedAt: products.updatedAt,
  version: products.version,
}

export async function listProducts(db: Db, input: Input['list']) {
  const isOfCategory = input.categoryId && (await withinTree(db, categories, input.categoryId))
  return listRowsWith(
    db,
    products,
    parts,
    input,
    {
      name: { by: products.name, type: 'text' },
      sku: { by: sql`lower(${products.sku})`, type: 'text' },
    },
    holdsWords(input.search, products.name, products.sku),
    isOfCategory ? isOfCategory(products.categoryId) : undefined,
    input.supplierId ? eq(products.supplierId, input.supplierId) : undefined,
    hasValue(products.categoryId, input.hasCategory),
    hasValue(products.supplierId, input.hasSupplier),
    hasValue(products.reorderPoint, input.hasReorderPoint),
    input.tracking && eq(products.tracking, input.tracking),
    input.abcClass && eq(products.abcClass, input.abcClass),
    ...(await conditionsOf(db, input.where, operands)),
  )
}

export const listProductValues = (db: Db, input: Input['values']) =>
  listValues(db, products[input.field], input)

const productOfId = readTogether(readProducts, ({ id }) => id)

function readProducts(db: Db) {
  const statement = db
    .select({ ...getColumns(products), ...parts })
    .from(products)
    .where(sql`${products.id} = ${anyOfKeys('uuid')}`)
    .prepare('products_by_id')
  return (keys: readonly string[]) => statement.execute({ keys })
}

export async function getProduct(db: Db, { id }: Input['get']) {
  const product = await productOfId(db, id)
  if (!product) throw new StockError('NOT_FOUND', { id })
  return product
}

/**
 * The product that a scanned code, or a typed SKU, stands for. A code wins over a SKU.
 * @throws StockError NOT_FOUND
 */
export async function findProductByCode(db: Db, { code }: Input['findByCode']) {
  const found = await productOfCode(db, code)
  if (!found) throw new StockError('NOT_FOUND', { entity: 'product', code })
  return found
}

/** The same, or null when no product has this code or SKU. */
export async function productOfCode(db: Db, code: string) {
  const [found] = await db
    .select({ productId: productCodes.productId, packagingId: productCodes.packagingId })
    .from(productCodes)
    .where(eq(productCodes.lookupKey, lookupKey(code)))
  const [row] = await db
    .select()
    .from(products)
    .where(
      found
        ? eq(products.id, found.productId)
        : eq(sql`lower(${products.sku})`, code.toLowerCase()),
    )
  if (!row) return null
  const product = await withOwnParts(db, row)
  const packaging = product.packagings.find(({ id }) => id === found?.packagingId) ?? null
  return { product, packaging }
}

type Product = Awaited<ReturnType<typeof withOwnParts>>

/** The product with its parts, as it is now, also into the audit log. */
async function recorded(tx: Tx, actor: Actor, before: Product | null, row: Row): Promise<Product> {
  const after = await withOwnParts(tx, row)
  await recordChange(tx, actor, { entity: 'product', entityId: row.id, before, after })
  return after
}

export function createProduct(
  db: Db,
  actor: Actor,
  { packagings, codes, ...fields }: Input['create'],
) {
  return inTransaction(db, async (tx) => {
    await refuseArchived(tx, categories, fields.categoryId, 'categoryId')
    await refuseArchived(tx, partners, fields.supplierId, 'supplierId')
    const row = await insertRow(tx, products, fields)
    await replacePackagings(tx, row.id, packagings)
    await replaceCodes(tx, row.id, codes)
    return recorded(tx, actor, null, row)
  })
}

export function updateProduct(
  db: Db,
  actor: Actor,
  { id, expectedVersion, packagings, codes, ...fields }: Input['update'],
) {
  return inTransaction(db, async (tx) => {
    await refuseArchived(tx, categories, fields.categoryId, 'categoryId')
    await refuseArchived(tx, partners, fields.supplierId, 'supplierId')
    const locked = await lockRow(tx, products, id, 'no key update')
    const before = await withOwnParts(tx, locked)
    const row = await updateRow(tx, products, locked, { id, expectedVersion }, fields)
    if (packagings) await replacePackagings(tx, id, packagings)
    if (codes) await replaceCodes(tx, id, codes)
    return recorded(tx, actor, before, row)
  })
}

/** Keeps those named, under their ids, and archives the others: past movements may name them. */
async function replacePackagings(
  tx: Tx,
  productId: string,
  wanted: Input['create']['packagings'],
): Promise<void> {
  const names = wanted.map(({ name }) => name)
  await tx
    .update(packagings)
    .set({ archivedAt: sql`now()` })
    .where(
      and(
        eq(packagings.productId, productId),
        isNull(packagings.archivedAt),
        names.length > 0 ? notInArray(packagings.name, names) : undefined,
      ),
    )
  if (wanted.length === 0) return
  await tx
    .insert(packagings)
    .values(wanted.map((packaging) => ({ ...packaging, productId })))
    .onConflictDoUpdate({
      target: [packagings.productId, packagings.name],
      set: {
        factor: sql`excluded.factor`,
        archivedAt: null,
        updatedAt: sql`now()`,
        version: sql`${packagings.version} + 1`,
      },
    })
}

async function replaceCodes(
  tx: Tx,
  productId: string,
  wanted: Input['create']['codes'],
): Promise<void> {
  await tx.delete(productCodes).where(eq(productCodes.productId, productId))
  if (wanted.length === 0) return
  const inUse = await tx
    .select({ id: packagings.id, name: packagings.name })
    .from(packagings)
    .where(and(eq(packagings.productId, productId), isNull(packagings.archivedAt)))
  const idOf = new Map(inUse.map(({ id, name }) => [name, id]))
  await tx.insert(productCodes).values(
    wanted.map(({ type, code, packaging }) => {
      const packagingId = packaging === null ? null : idOf.get(packaging)
      if (packagingId === undefined) {
        throw new StockError('REFERENCE_NOT_FOUND', {
          entity: 'product',
          field: 'codes',
          value: packaging,
        })
      }
      return { productId, type, code, lookupKey: lookupKey(code), packagingId }
    }),
  )
}

/** @throws StockError IN_USE while some of it is on hand. */
export function archiveProduct(db: Db, actor: Actor, { archived, ...which }: Input['archive']) {
  return inTransaction(db, async (tx) => {
    const locked = await lockRow(tx, products, which.id, 'update')
    if (archived) {
      const [stocked] = await tx
        .select({ locationId: stockLevels.locationId, onHand: stockLevels.onHand })
        .from(stockLevels)
        .where(and(eq(stockLevels.productId, which.id), gt(stockLevels.onHand, 0)))
        .limit(1)
      if (stocked) throw new StockError('IN_USE', { id: which.id, ...stocked })
    }
    const before = await withOwnParts(tx, locked)
    const row = await updateRow(tx, products, locked, which, archiving(products, archived))
    return recorded(tx, actor, before, row)
  })
}
