/** Selects what has a level that is not the sum of its movements, by a plain sum over the whole book. */
export const wrongLevels = `
  select product_id, location_id, lot_id from (
    select product_id, to_location_id as location_id, lot_id, quantity from stock_movements
    union all
    select product_id, from_location_id, lot_id, -quantity from stock_movements
    union all
    select product_id, location_id, lot_id, -on_hand from stock_levels
  ) as everything
  where location_id is not null
  group by product_id, location_id, lot_id having sum(quantity) <> 0`
