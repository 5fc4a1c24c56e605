import type { contract, ParsedInput } from '@stockbook/client/contract'
import { categories, type Db, products } from '@stockbook/db'
import { and, eq, isNull } from 'drizzle-orm'
import type { Actor } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { holdsWords } from '../../lists/filters.ts'
import { conditionsOf } from '../../lists/where.ts'
import { archiveRow, changeRow, createRow } from '../../masterData/audited.ts'
import { getRow, listRows, refuseArchived } from '../../masterData/rows.ts'

type Input = {
  [Name in keyof typeof contract.categories]: ParsedInput<(typeof contract.categories)[Name]>
}

export const listCategories = async (db: Db, input: Input['list']) =>
  listRows(
    db,
    categories,
    input,
    {
      name: { by: categories.name, type: 'text' },
    },
    holdsWords(input.search, categories.name),
    input.parentId === null ? isNull(categories.parentId) : undefined,
    input.parentId ? eq(categories.parentId, input.parentId) : undefined,
    ...(await conditionsOf(db, input.where, {
      parentId: { by: categories.parentId, tree: categories },
      name: categories.name,
      createdAt: categories.createdAt,
      updatedAt: categories.updatedAt,
      version: categories.version,
    })),
  )

export const getCategory = (db: Db, { id }: Input['get']) => getRow(db, categories, id)

export const createCategory = (db: Db, actor: Actor, input: Input['create']) =>
  createRow(db, actor, categories, input, (tx) =>
    refuseArchived(tx, categories, input.parentId, 'parentId'),
  )

export const updateCategory = (
  db: Db,
  actor: Actor,
  { id, expectedVersion, ...changes }: Input['update'],
) =>
  changeRow(db, actor, categories, { id, expectedVersion }, changes, (tx) =>
    refuseArchived(tx, categories, changes.parentId, 'parentId'),
  )

/** @throws StockError IN_USE while a product or a category below it is in use. */
export const archiveCategory = (db: Db, actor: Actor, input: Input['archive']) =>
  archiveRow(db, actor, categories, input, async (tx) => {
    const [product] = await tx
      .select({ id: products.id, sku: products.sku })
      .from(products)
      .where(and(eq(products.categoryId, input.id), isNull(products.archivedAt)))
      .limit(1)
    const [child] = await tx
      .select({ id: categories.id, name: categories.name })
      .from(categories)
      .where(and(eq(categories.parentId, input.id), isNull(categories.archivedAt)))
      .limit(1)
    const usedBy = product ?? child
    if (usedBy) throw new StockError('IN_USE', { id: input.id, usedBy })
  })
