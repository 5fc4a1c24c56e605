import { packagings, productCodes, products } from '@stockbook/db'
import { sql } from 'drizzle-orm'

type Packaging = Pick<
  typeof packagings.$inferSelect,
  'id' | 'name' | 'factor' | 'archivedAt' | 'version'
>
/** As JSON writes it. */
type PackagingJson = Omit<Packaging, 'archivedAt'> & { archivedAt: string | null }
type Code = Pick<typeof productCodes.$inferSelect, 'type' | 'code'> & { packaging: string | null }

// A bare column would lose its table's name here, and mean that of the packaging.
const ofProduct = sql`${products}.id`

/**
 * Columns that bring the packagings and the codes of a product along, so that a look at one costs
 * one statement.
 */
export const parts = {
  packagings: sql<PackagingJson[]>`array_to_json(array(
    select json_build_object('id', own.id, 'name', own.name, 'factor', own.factor,
      'archivedAt', own.archived_at, 'version', own.version)
    from ${packagings} own where own.product_id = ${ofProduct}
    order by own.factor, own.name))`.mapWith((values: PackagingJson[]): Packaging[] =>
    values.map((one) => ({
      ...one,
      archivedAt: one.archivedAt === null ? null : new Date(one.archivedAt),
    })),
  ),
  codes: sql<Code[]>`array_to_json(array(
    select json_build_object('type', own.type, 'code', own.code, 'packaging', packaging.name)
    from ${productCodes} own left join ${packagings} packaging on packaging.id = own.packaging_id
    where own.product_id = ${ofProduct}
    order by own.code))`,
}
