import { preparedStatement, type Tx } from '@stockbook/db'
import type { Command, LineInput } from './command.ts'
import { movementsById, type WrittenMovement } from './book.sql.ts'

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

/** Looks up all that the commands and their lines name, and holds it as it is. */
export async function findNamed(
  tx: Tx,
  commands: readonly Command[],
  lines: readonly LineInput[],
): Promise<Named> {
  const originalIds = distinct(
    lines.map((line) => (line.type === 'reversal' ? line.movementId : null)),
  )
  const originals = originalIds.length === 0 ? [] : await movementsById(tx, originalIds)
  const goods = [...lines.filter((line) => line.type !== 'reversal'), ...originals]
  const [products, locations, lots, packagings, partners] = await Promise.all([
    found(
      lockProducts,
      goods.map((one) => one.productId),
    ),
    found(lockLocations, goods.flatMap(locationsOf)),
    found(
      lockLots,
      goods.map((one) => one.lotId),
    ),
    found(
      findPackagings,
      goods.map((one) => ('packagingId' in one ? one.packagingId : null)),
    ),
    found(
      lockPartners,
      commands.map((command) => command.partnerId),
    ),
  ])
  return { products, locations, lots, packagings, partners, originals: byId(originals) }

  async function found<Row extends { id: string }>(
    statement: (tx: Tx, ids: string[]) => Promise<Row[]>,
    ids: readonly (string | null)[],
  ): Promise<ReadonlyMap<string, Row>> {
    const wanted = distinct(ids)
    return byId(wanted.length === 0 ? [] : await statement(tx, wanted))
  }
}

function locationsOf(one: object): (string | null)[] {
  const places = one as Partial<
    Record<'fromLocationId' | 'toLocationId' | 'locationId', string | null>
  >
  return [places.fromLocationId ?? null, places.toLocationId ?? null, places.locationId ?? null]
}

function byId<Id, Row extends { id: Id }>(rows: readonly Row[]): Map<Id, Row> {
  return new Map(rows.map((row) => [row.id, row]))
}

function distinct<T>(values: readonly (T | null)[]): T[] {
  return [...new Set(values.filter((value) => value !== null))]
}
