import type { contract, ParsedInput } from '@stockbook/client/contract'
import { categories, type Db, locations, lots, products, stockLevels } from '@stockbook/db'
import { eq, gt, inArray, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { Actor } from '../../context.ts'
import { holdsWords } from '../../lists/filters.ts'
import { keyset, type ListInput, type SortKey } from '../../lists/keyset.ts'
import { readPage } from '../../lists/readPage.ts'
import { withinTree } from '../../lists/tree.sql.ts'
import { conditionsOf, type Operands } from '../../lists/where.ts'
import { insideOf } from '../locations/warehouseScope.sql.ts'
import { onHandAt } from './sums.sql.ts'

type LevelsInput = ParsedInput<typeof contract.stock.levels>
type AsOfInput = ParsedInput<typeof contract.stock.asOf>

/** What is on hand now. */
export const stockLevelsNow = (db: Db, actor: Actor, input: LevelsInput) =>
  selectLevels(
    db,
    actor,
    input,
    sql`${stockLevels.onHand}`.mapWith(Number),
    // Not a parameter: planned for any number, most levels would seem to be left out.
    input.includeZero ? undefined : sql`${stockLevels.onHand} > 0`,
    holdsWords(input.search, products.name, products.sku),
  )

/** What was on hand at a moment. Every level that ever was has its row, so none is missed. */
export function stockAsOf(db: Db, actor: Actor, input: AsOfInput) {
  const onHand = onHandAt(input.at, input.knownAt)
  return selectLevels(db, actor, input, onHand, undefined, gt(onHand, 0))
}

/** What is said of the lot of a level. Null when it has none. */
const lotOf = (column: SQLWrapper) =>
  sql`(select ${column} from ${lots} where ${lots.id} = ${stockLevels.lotId})`

const operandsOf = (onHand: SQL): Operands<LevelsInput['where']> => ({
  productId: stockLevels.productId,
  sku: { by: products.sku, isCaseless: true },
  productName: products.name,
  baseUnit: products.baseUnit,
  locationId: { by: stockLevels.locationId, tree: locations },
  locationCode: {
    by: locations.code,
    isCaseless: true,
    through: (condition) =>
      sql`${stockLevels.locationId} in (select ${locations.id} from ${locations} where ${condition})`,
  },
  lotId: stockLevels.lotId,
  lotCode: lotOf(lots.code),
  expiresOn: lotOf(lots.expiresOn),
  onHand,
})

async function selectLevels<Sort extends 'sku' | 'onHand'>(
  db: Db,
  { warehouseIds }: Actor,
  input: ListInput<Sort> &
    Pick<AsOfInput, 'productId' | 'locationId' | 'lotId' | 'categoryId' | 'where'>,
  onHand: SQL<number>,
  isShown: SQL | undefined,
  ...others: (SQL | undefined)[]
) {
  const sorts: Record<string, SortKey> = {
    sku: { by: sql`lower(${products.sku})`, type: 'text', isJoined: true },
    onHand: { by: onHand, type: 'bigint' },
  }
  const list = keyset<string>(input, sorts, { by: stockLevels.id, type: 'bigint' })
  const isOurs = await insideOf(db, warehouseIds)
  const isThere = input.locationId && (await withinTree(db, locations, input.locationId))
  const isOfCategory = input.categoryId && (await withinTree(db, categories, input.categoryId))
  const filters = [
    input.productId ? eq(stockLevels.productId, input.productId) : undefined,
    isThere ? isThere(stockLevels.locationId) : undefined,
    isOurs(stockLevels.locationId),
    input.lotId ? eq(stockLevels.lotId, input.lotId) : undefined,
    isOfCategory ? isOfCategory(products.categoryId) : undefined,
    ...others,
    ...(await conditionsOf(db, input.where, operandsOf(onHand))),
  ]
  // First which levels, then what is to be told of them: only these are joined with the rest.
  const page = db
    .select({ id: stockLevels.id })
    .from(stockLevels)
    .innerJoin(products, eq(products.id, stockLevels.productId))
    .where(list.where(isShown, ...filters))
    .orderBy(...list.orderBy)
    .limit(list.limit)
  const statement = db
    .select({
      productId: stockLevels.productId,
      sku: products.sku,
      productName: products.name,
      baseUnit: products.baseUnit,
      locationId: stockLevels.locationId,
      locationCode: locations.code,
      lotId: stockLevels.lotId,
      lotCode: lots.code,
      expiresOn: lots.expiresOn,
      onHand,
      position: list.position,
    })
    .from(stockLevels)
    .innerJoin(products, eq(products.id, stockLevels.productId))
    .innerJoin(locations, eq(locations.id, stockLevels.locationId))
    .leftJoin(lots, eq(lots.id, stockLevels.lotId))
    .where(inArray(stockLevels.id, page))
    .orderBy(...list.orderBy)
  const rows = await readPage(statement, input.limit, filters)
  return list.page(rows, (row) => row)
}
