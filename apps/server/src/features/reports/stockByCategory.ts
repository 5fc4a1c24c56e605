import type { contract, ParsedInput } from '@stockbook/client/contract'
import { categories } from '@stockbook/db'
import { sql } from 'drizzle-orm'
import type { Operands } from '../../lists/where.ts'
import { asFound, type Reader, type Report } from './page.ts'
import { onHandBy, unitValue } from './scope.sql.ts'

type Input = ParsedInput<typeof contract.reports.stockByCategory> & Reader

type Row = {
  categoryId: string | null
  categoryName: string | null
  products: number
  withoutValue: number
  value: string
}

const operands: Operands<Input['where']> = {
  categoryName: sql`report."categoryName"`,
  products: sql`report."products"`,
  withoutValue: sql`report."withoutValue"`,
  value: sql`report."value"::numeric`,
}

const sortKeys = {
  value: sql`sum(own.value)`,
  products: sql`sum(own.products)`,
}

/** What the goods on hand are worth, by the categories directly inside one, or the topmost ones. */
export function stockByCategory(input: Input): Report<Row> {
  const parentId = input.parentId ?? null
  const isInside = sql`parent_id is not distinct from ${parentId}::uuid`
  const rows = sql`
    with recursive branches as (
      select id as top, id from ${categories} where ${isInside}
      union all
      select branches.top, child.id from branches join ${categories} child
        on child.parent_id = branches.id
    ), tops as (
      select top, id from branches union all select ${parentId}::uuid, ${parentId}::uuid
    )
    select coalesce(c.id::text, '') as id, c.id as "categoryId", c.name as "categoryName",
      sum(own.products)::float8 as products, sum(own.without_value)::float8 as "withoutValue",
      trim_scale(sum(own.value))::text as value, ${sortKeys[input.sort]} as "sortKey"
    from (
      select p.category_id, count(*) as products,
        count(*) filter (where ${unitValue} is null) as without_value,
        coalesce(sum(h.on_hand * ${unitValue}), 0) as value
      from products p join (${onHandBy(input)}) h on h.product_id = p.id
      group by p.category_id
    ) as own
      join tops on tops.id is not distinct from own.category_id
      left join ${categories} c on c.id = tops.top
    group by c.id, c.name`
  return { name: 'stockByCategory', rows, operands, keyType: 'numeric', tell: asFound }
}
