import type { contract, ParsedInput } from '@stockbook/client/contract'
import type { Connection } from '@stockbook/db'
import { sql } from 'drizzle-orm'
import { shareOut, usable } from '../reservations/availability.ts'
import { dayOf } from '../lots/unavailable.ts'
import { goodsInside } from '../reservations/goods.sql.ts'
import { openReservations, readNow, runsOutBy } from '../reservations/reservations.sql.ts'
import type { Operands } from '../../lists/where.ts'
import type { Reader, Report } from './page.ts'
import { isOfCategory, goods, onHandBy } from './scope.sql.ts'

type Input = ParsedInput<typeof contract.reports.lowStock> & Reader

type Row = {
  productId: string
  sku: string
  productName: string
  baseUnit: string
  supplierId: string | null
  supplierName: string | null
  onHand: number
  reorderPoint: number | null
  minimumStock: number | null
  maximumStock: number | null
  /** At or below this it is time to order. */
  point: number
}

type Told = Row & { available: number; suggestedOrder: number }

const operands: Operands<Input['where']> = {
  sku: { by: sql`report.sku`, isCaseless: true },
  productName: sql`report."productName"`,
  baseUnit: sql`report."baseUnit"`,
  supplierId: sql`report."supplierId"`,
  supplierName: sql`report."supplierName"`,
  onHand: sql`report."onHand"`,
  reorderPoint: sql`report."reorderPoint"`,
  minimumStock: sql`report."minimumStock"`,
  maximumStock: sql`report."maximumStock"`,
}

/** Products of which too little is left, with what to order. */
export function lowStock(input: Input): Report<Row, Told> {
  const rows = sql`
    select *, ${input.sort === 'sku' ? sql`lower(sku)` : sql`round("onHand"::numeric / greatest(point::numeric, 1), 9)`}
      as "sortKey"
    from (
      select p.id::text as id, ${goods}, p.supplier_id as "supplierId", s.name as "supplierName",
        coalesce(h.on_hand, 0)::float8 as "onHand", p.reorder_point::float8 as "reorderPoint",
        p.minimum_stock::float8 as "minimumStock", p.maximum_stock::float8 as "maximumStock",
        greatest(p.reorder_point, p.minimum_stock)::float8 as point
      from products p
        left join partners s on s.id = p.supplier_id
        left join (${onHandBy(input)}) h on h.product_id = p.id
      where p.archived_at is null and ${isOfCategory(input)}
        and ${input.supplierId ? sql`p.supplier_id = ${input.supplierId}` : sql`true`}
        and coalesce(h.on_hand, 0) <= greatest(p.reorder_point, p.minimum_stock)
        and greatest(p.reorder_point, p.minimum_stock, p.maximum_stock) > 0
    ) as low`
  const keyType = input.sort === 'sku' ? 'text' : 'numeric'
  return {
    name: 'lowStock',
    rows,
    operands,
    keyType,
    async tell(db, found) {
      const productIds = found.map(({ productId }) => productId)
      const availableOf = await availability(db, productIds, input)
      return found.map((row) => {
        const available = availableOf(row.productId)
        const wanted = row.maximumStock ?? 2 * row.point
        return { ...row, available, suggestedOrder: Math.max(0, wanted - available) }
      })
    },
  }
}

/** How much of each product nobody holds and may go out, from a place or from anywhere. */
async function availability(
  db: Connection,
  productIds: string[],
  { locationId = null, warehouseIds }: { locationId?: string | null | undefined } & Reader,
) {
  const now = await readNow(db)
  const all = usable(await goodsInside(db, productIds, warehouseIds), dayOf(now))
  const held = (await openReservations(db, productIds)).filter((one) => !runsOutBy(one, now))
  const goodsBy = byProduct(all)
  const heldBy = byProduct(held)
  return (productId: string) =>
    shareOut(goodsBy.get(productId) ?? [], heldBy.get(productId) ?? []).available({
      locationId,
      lotId: null,
    })
}

function byProduct<Row extends { productId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>()
  for (const row of rows) found.set(row.productId, [...(found.get(row.productId) ?? []), row])
  return found
}
