import type pg from 'pg'

/** How many products there are, each in a bin of its own. */
export const products = 10_000

const uuid = (kind: number, number: number | string) =>
  `00000000-0000-4000-800${kind}-${String(number).padStart(12, '0')}`

export const productId = (number: number) => uuid(1, number)
export const binId = (number: number) => uuid(2, number)
export const operatorId = uuid(3, 0)

/** The ids as pgbench writes them, of the product with the number in one of its variables. */
export const inPgbench = {
  productId: `('${uuid(1, '').slice(0, -12)}' || lpad(:number::text, 12, '0'))::uuid`,
  binId: `('${uuid(2, '').slice(0, -12)}' || lpad(:number::text, 12, '0'))::uuid`,
}

/** More of each product than any measurement takes away. */
const stock = 1_000_000_000

/**
 * Fills a migrated database with products, bins and stock, and beside them two plain tables that keep
 * the same levels and movements with nothing but a floor under the level.
 * @returns how many commands there are then
 */
export async function fillWarehouse(client: pg.Client): Promise<number> {
  const numbers = `generate_series(0, ${products - 1}) as number`
  const id = (kind: number) =>
    `('${uuid(kind, '').slice(0, -12)}' || lpad(number::text, 12, '0'))::uuid`
  const warehouse = uuid(5, 0)
  await client.query(`
    insert into users (id, username, display_name, role, password_hash)
      values ('${operatorId}', 'posting', 'Posting', 'operator', 'none');
    insert into locations (id, kind, code, name) values ('${warehouse}', 'warehouse', 'W', 'Warehouse');
    insert into locations (id, parent_id, kind, code, name)
      select ${id(2)}, '${warehouse}', 'bin', 'B-' || number, 'Bin ' || number from ${numbers};
    insert into products (id, sku, name, base_unit)
      select ${id(1)}, 'P-' || number, 'Product ' || number, 'piece' from ${numbers};
    insert into commands (id, kind, content_hash, actor_id, outcome, occurred_at)
      select ${id(4)}, 'post', 'none', '${operatorId}', 'posted', now() from ${numbers};
    insert into stock_movements
      (command_id, line, type, product_id, to_location_id, quantity, occurred_at)
      select ${id(4)}, 0, 'incoming', ${id(1)}, ${id(2)}, ${stock}, now() from ${numbers};
    create table bare_levels (product_id uuid, location_id uuid,
      on_hand bigint not null check (on_hand >= 0), primary key (product_id, location_id));
    create table bare_movements (id bigint generated always as identity primary key,
      product_id uuid not null, from_location_id uuid, to_location_id uuid,
      quantity bigint not null, occurred_at timestamptz not null default now());
    create index on bare_movements (product_id, occurred_at);
    insert into bare_levels select ${id(1)}, ${id(2)}, ${stock} from ${numbers}`)
  // Plans are made for tables of this size: none takes them to be empty.
  await client.query('vacuum (analyze)')
  return products
}
