import { packagings, type Tx } from '@stockbook/db'
import { and, eq } from 'drizzle-orm'
import { StockError } from '../../errors.ts'

/**
 * The packaging of a product that an input names as `packagingId`, or null where it names none.
 * @param entity what the input is of
 * @throws StockError REFERENCE_NOT_FOUND also when it is another product's
 */
export async function namedPackaging(
  tx: Tx,
  entity: string,
  { packagingId, productId }: { packagingId?: string | null | undefined; productId: string },
) {
  if (!packagingId) return null
  const [packaging] = await tx
    .select()
    .from(packagings)
    .where(and(eq(packagings.id, packagingId), eq(packagings.productId, productId)))
  if (packaging) return packaging
  throw new StockError('REFERENCE_NOT_FOUND', { entity, field: 'packagingId', value: packagingId })
}
