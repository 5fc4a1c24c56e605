import { preparedStatement, type Tx } from '@stockbook/db'
import type { WrittenMovement } from './book.sql.ts'

type ProductRow = { id: string; sku: string; tracking: 'none' | 'lot'; isArchived: boolean }
type LocationRow = {
  id: string
  code: string
  kind: 'warehouse' | 'zone' | 'bin'
  isArchived: boolean
}
type LotRow = {
  id: string
  productId: string
  code: string
  status: 'available' | 'hold' | 'recalled'
  /** The last good day, `YYYY-MM-DD`. */
  expiresOn: string | null
  isArchived: boolean
}
type PackagingRow = { id: string; productId: string; factor: number; isArchived: boolean }
type PartnerRow = { id: string; isArchived: boolean }

// The key share locks wait for somebody who is archiving one of the rows, and hold off the next.
const lockProducts = preparedStatement<ProductRow>(
  'lock_products',
  `select id, sku, tracking, archived_at is not null as "isArchived"
  from products where id = any($1::uuid[]) order by id for key share`,
)
const lockLocations = preparedStatement<LocationRow>(
  'lock_locations',
  `select id, code, kind, archived_at is not null as "isArchived"
  from locations where id = any($1::uuid[]) order by id for key share`,
)
const lockLots = preparedStatement<LotRow>(
  'lock_lots',
  `select id, product_id as "productId", code, status, expires_on::text as "expiresOn",
    archived_at is not null as "isArchived"
  from lots where id = any($1::uuid[]) order by id for key share`,
)
const lockPartners = preparedStatement<PartnerRow>(
  'lock_partners',
  `select id, archived_at is not null as "isArchived"
  from partners where id = any($1::uuid[]) order by id for key share`,
)
const findPackagings = preparedStatement<PackagingRow>(
  'find_packagings',
  `select id, product_id as "productId", factor::float8 as factor, archived_at is not null as "isArchived"
  from packagings where id = any($1::uuid[])`,
)

/** What commands name, by id. What is missing does not exist. */
export type Named = {
  products: ReadonlyMap<string, ProductRow>
  locations: ReadonlyMap<string, LocationRow>
  lots: ReadonlyMap<string, LotRow>
  packagings: ReadonlyMap<string, PackagingRow>
  partners: ReadonlyMap<string, PartnerRow>
  /** Movements that are to be taken back. */
  originals: ReadonlyMap<number, WrittenMovement>
}

/** The ids of all that commands name. */
export type NamedIds = Record<
  'products' | 'locations' | 'lots' | 'packagings' | 'partners',
  ReadonlySet<string>
>

/** Looks up all that commands name but the lots, and holds it as it is. */
export async function findNamed(tx: Tx, ids: NamedIds): Promise<Omit<Named, 'originals' | 'lots'>> {
  const [products, locations, packagings, partners] = await Promise.all([
    found(tx, lockProducts, ids.products),
    found(tx, lockLocations, ids.locations),
    found(tx, findPackagings, ids.packagings),
    found(tx, lockPartners, ids.partners),
  ])
  return { products, locations, packagings, partners }
}

/** Looks up lots, and holds them as they are. */
export const findLots = (tx: Tx, ids: ReadonlySet<string>): Promise<Named['lots']> =>
  found(tx, lockLots, ids)

async function found<Row extends { id: string }>(
  tx: Tx,
  statement: (tx: Tx, ids: string[]) => Promise<Row[]>,
  wanted: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Row>> {
  const rows = wanted.size === 0 ? [] : await statement(tx, [...wanted])
  return new Map(rows.map((row) => [row.id, row]))
}
