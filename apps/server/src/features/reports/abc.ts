import type { contract, ParsedInput } from '@stockbook/client/contract'
import { type Db, inTransaction } from '@stockbook/db'
import { sql } from 'drizzle-orm'
import type { Actor } from '../../context.ts'
import { recordChange } from '../audit/record.ts'
import { classified } from './abc.sql.ts'
import { asFound, type Reader, type Report } from './page.ts'

type Class = 'A' | 'B' | 'C'

type Row = {
  productId: string
  sku: string
  productName: string
  baseUnit: string
  units: number
  value: string | null
  turnover: string
  cumulativePercent: string
  abcClass: Class
  currentClass: Class | null
}

/** Products by how much of the turnover they make: most first. */
export function abc(input: ParsedInput<typeof contract.reports.abc> & Reader): Report<Row> {
  const rows = sql`
    select id, "productId", sku, "productName", "baseUnit", turnover::numeric as "sortKey",
      units::float8 as units, trim_scale(value)::text as value, trim_scale(turnover)::text as turnover,
      trim_scale(round(share, 4))::text as "cumulativePercent", class as "abcClass",
      current_class as "currentClass"
    from (${classified(input)}) as classified`
  return { name: 'abc', rows, keyType: 'numeric', tell: asFound }
}

/** Gives products the classes that the report finds. */
export function applyAbc(
  db: Db,
  actor: Actor,
  input: ParsedInput<typeof contract.reports.applyAbc>,
) {
  return inTransaction(db, async (tx) => {
    const { rows } = await tx.execute<{ class: Class }>(sql`
      with found as (${classified({ ...input, warehouseIds: actor.warehouseIds })}), locked as (
        select p.id from products p join found on found.id = p.id::text
        where p.abc_class is distinct from found.class::abc_class
        order by p.id for no key update of p
      )
      update products set abc_class = found.class::abc_class, version = version + 1,
        updated_at = now()
      from found join locked on locked.id::text = found.id
      where products.id = locked.id returning found.class`)
    const count = (of: Class) => rows.filter((row) => row.class === of).length
    await recordChange(tx, actor, {
      entity: 'abc',
      entityId: input.categoryId ?? 'all',
      before: null,
      after: {
        ...input,
        changed: rows.length,
        changedTo: { A: count('A'), B: count('B'), C: count('C') },
      },
    })
    return { changed: rows.length }
  })
}
