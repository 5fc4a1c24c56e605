import type { contract, ParsedInput } from '@stockbook/client/contract'
import {
  type Connection,
  inventoryCheckCounts,
  inventoryCheckLines,
  inventoryChecks,
  locations,
  lots,
  products,
  users,
} from '@stockbook/db'
import { and, asc, desc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { Actor } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { keyset } from '../../lists/keyset.ts'
import { isWithin } from '../../lists/tree.sql.ts'
import { countedLines, figuresOf } from './counted.sql.ts'
import { isCheckInside } from './isCheckInside.sql.ts'

type CheckRow = typeof inventoryChecks.$inferSelect
type LineRow = Awaited<ReturnType<typeof selectLines>>[number]

/**
 * Whether this person may learn nothing of what the book expects, nor what others have counted: in
 * a blind check whoever counts, and that is everybody until it is counted, operators for ever.
 */
const mustCountBlind = (actor: Actor, check: Pick<CheckRow, 'isBlind' | 'status'>) =>
  check.isBlind && (actor.role !== 'admin' || check.status === 'open')

/** How a picker walks: by the places' order, then by their labels, … */
const placeOrder = sql<string>`(lpad(coalesce(${locations.pickSequence}, 2147483647)::text, 10, '0')
  || ' ' || lower(${locations.code})) collate "C"`
/** … then by SKU. */
const skuOrder = sql`lower(${products.sku}) collate "C"`

/** Before and after all that a label may hold. */
const [first, last] = [sql`' '`, sql`chr(1114111)`]

const placeColumns = { id: locations.id, code: locations.code, place: placeOrder.as('place') }

const anyPlaces = (db: Connection) => db.select(placeColumns).from(locations).as('places')

/**
 * The places in walking order, from that of the last line of the page before. PostgreSQL walks through
 * them and stops when the page is full: it would sort all lines of the check otherwise.
 */
function placesInOrder(db: Connection, cursorKey: string | null, isDescending: boolean) {
  const isReached = isDescending
    ? sql`${placeOrder} || ${first} < ${cursorKey}::text`
    : sql`${placeOrder} || ${first} || ${last} > ${cursorKey}::text`
  return (
    db
      .select(placeColumns)
      .from(locations)
      .where(cursorKey === null ? undefined : isReached)
      .orderBy(isDescending ? desc(placeOrder) : asc(placeOrder))
      // Keeps PostgreSQL from giving up the order.
      .offset(sql`0` as unknown as number)
      .as('places')
  )
}

export async function listLines(
  db: Connection,
  actor: Actor,
  input: ParsedInput<typeof contract.checks.lines>,
) {
  const { checkId, locationId } = input
  const [check] = await db
    .select()
    .from(inventoryChecks)
    .where(and(eq(inventoryChecks.id, checkId), isCheckInside(actor.warehouseIds)))
  if (!check) throw new StockError('NOT_FOUND', { entity: 'check', id: checkId })
  const isBlind = mustCountBlind(actor, check)
  if (input.differingOnly && isBlind) {
    throw new StockError('WRONG_STATE', {
      entity: 'check',
      id: checkId,
      status: check.status,
      isBlind,
      field: 'differingOnly',
    })
  }
  const isDescending = input.direction === 'descending'
  const order = isDescending ? desc : asc
  // One text in the same order, for the cursor.
  const walkingOrder = sql`(places.place || ${first} || ${skuOrder}) collate "C"`
  const list = keyset(
    input,
    { place: { by: walkingOrder, type: 'text' } },
    { by: inventoryCheckLines.id, type: 'uuid' },
  )
  const places = placesInOrder(db, list.cursorKey, isDescending)
  const rows = await selectLines(db, places, { position: list.position })
    .where(
      list.where(
        eq(inventoryCheckLines.checkId, checkId),
        input.status && hasStatus(input.status, isBlind),
        input.productId ? eq(inventoryCheckLines.productId, input.productId) : undefined,
        locationId ? isWithin(inventoryCheckLines.locationId, locations, locationId) : undefined,
        input.differingOnly ? differs(checkId) : undefined,
      ),
    )
    .orderBy(order(places.place), order(skuOrder), order(inventoryCheckLines.id))
    .limit(list.limit)
  const { items, nextCursor } = list.page(rows, (row) => row)
  return { items: await shown(db, actor, items, isBlind), nextCursor }
}

/** A line as this person may see it. */
export async function getLine(db: Connection, actor: Actor, id: string) {
  const [row] = await selectLines(db, anyPlaces(db), {}).where(eq(inventoryCheckLines.id, id))
  if (!row) throw new StockError('NOT_FOUND', { entity: 'line', id })
  const [check] = await db.select().from(inventoryChecks).where(eq(inventoryChecks.id, row.checkId))
  const [line] = await shown(db, actor, [row], mustCountBlind(actor, check!))
  return line!
}

function selectLines<More extends Record<string, SQL>>(
  db: Connection,
  places: ReturnType<typeof anyPlaces>,
  more: More,
) {
  return db
    .select({
      id: inventoryCheckLines.id,
      checkId: inventoryCheckLines.checkId,
      productId: inventoryCheckLines.productId,
      sku: products.sku,
      productName: products.name,
      baseUnit: products.baseUnit,
      locationId: inventoryCheckLines.locationId,
      locationCode: places.code,
      lotId: inventoryCheckLines.lotId,
      lotCode: sql<string | null>`${lots.code}`,
      status: inventoryCheckLines.status,
      isFound: inventoryCheckLines.isFound,
      ...more,
    })
    .from(inventoryCheckLines)
    .innerJoin(products, eq(products.id, inventoryCheckLines.productId))
    .innerJoin(places, eq(places.id, inventoryCheckLines.locationId))
    .leftJoin(lots, eq(lots.id, inventoryCheckLines.lotId))
    .$dynamic()
}

/** Who counts blind is not told whether a count was near enough: all that is counted looks alike. */
function hasStatus(status: LineRow['status'], isBlind: boolean): SQL {
  if (!isBlind) return eq(inventoryCheckLines.status, status)
  if (status === 'accepted') return sql`false`
  return inArray(
    inventoryCheckLines.status,
    status === 'counted' ? ['counted', 'accepted'] : [status],
  )
}

const differs = (checkId: string) => sql`${inventoryCheckLines.id} in (
  select line_id from ${countedLines(sql`line.check_id = ${checkId}`)} as counted where variance <> 0)`

const hiddenFigures = {
  expected: null,
  variance: null,
  variancePercent: null,
  varianceValue: null,
  movedSince: null,
}

async function shown(db: Connection, actor: Actor, rows: LineRow[], isBlind: boolean) {
  const ids = rows.map(({ id }) => id)
  const counts = await countsOf(db, ids)
  const figures = isBlind ? new Map<string, never>() : await figuresOf(db, ids)
  return rows.map((row) => {
    const all = counts.get(row.id) ?? []
    const last = all.at(-1)
    const mayKnow = !isBlind || last?.countedBy === actor.id
    return {
      ...row,
      status: isBlind && row.status === 'accepted' ? ('counted' as const) : row.status,
      counts: isBlind ? all.filter(({ countedBy }) => countedBy === actor.id) : all,
      counted: mayKnow && last ? last.quantity : null,
      ...(figures.get(row.id) ?? hiddenFigures),
    }
  })
}

type Count = Awaited<ReturnType<typeof selectCounts>>[number]

const selectCounts = (db: Connection, lineIds: readonly string[]) =>
  db
    .select({
      lineId: inventoryCheckCounts.lineId,
      round: inventoryCheckCounts.round,
      quantity: inventoryCheckCounts.quantity,
      countedBy: inventoryCheckCounts.countedBy,
      countedByName: users.displayName,
      countedAt: inventoryCheckCounts.countedAt,
    })
    .from(inventoryCheckCounts)
    .innerJoin(users, eq(users.id, inventoryCheckCounts.countedBy))
    .where(inArray(inventoryCheckCounts.lineId, [...lineIds]))
    .orderBy(asc(inventoryCheckCounts.id))

async function countsOf(db: Connection, lineIds: readonly string[]): Promise<Map<string, Count[]>> {
  const counts = new Map<string, Count[]>(lineIds.map((id) => [id, []]))
  for (const count of await selectCounts(db, lineIds)) counts.get(count.lineId)?.push(count)
  return counts
}
