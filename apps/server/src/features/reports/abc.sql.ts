import { type SQL, sql } from 'drizzle-orm'
import { goods, isOfCategory, isPlace, type Scope, stands, unitValue } from './scope.sql.ts'

export type AbcInput = Scope & { from: Date; before: Date; measure: 'value' | 'units' }

/**
 * Every product with its turnover and its class: A up to 80 per cent of the whole, B up to 95. The
 * one that makes most is A in any case, if it makes anything.
 */
export const classified = (input: AbcInput): SQL => sql`
  select *,
    case when share <= 80 or (rank = 1 and turnover > 0) then 'A' when share <= 95 then 'B' else 'C' end
      as class
  from (
    select *, row_number() over by_turnover as rank,
      case when sum(turnover) over () = 0 then 100
        else sum(turnover) over by_turnover * 100 / sum(turnover) over () end as share
    from (
      select p.id::text as id, ${goods}, p.abc_class as current_class,
        coalesce(o.units, 0) as units, coalesce(o.units, 0) * ${unitValue} as value,
        coalesce(o.units, 0) * ${input.measure === 'units' ? sql`1` : sql`coalesce(${unitValue}, 0)`}
          as turnover
      from products p left join (
        select m.product_id, sum(m.quantity) as units from stock_movements m
        where m.type = 'outgoing' and ${stands}
          and m.occurred_at >= ${input.from.toISOString()}::timestamptz
          and m.occurred_at < ${input.before.toISOString()}::timestamptz
          and ${isPlace(sql`m.from_location_id`, input)}
        group by m.product_id
      ) o on o.product_id = p.id
      where p.archived_at is null and ${isOfCategory(input)}
    ) as sold
    window by_turnover as (order by turnover desc, id collate "C" desc rows unbounded preceding)
  ) as ranked`
