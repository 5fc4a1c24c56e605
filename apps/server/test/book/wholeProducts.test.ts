import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { lockLevelsAndProducts } from '../../src/features/movements/book.sql.ts'
import { startTestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, receive } from '../../src/testing/warehouse.ts'

test('who locks some products as a whole finds them without going through all that is stocked', async () => {
  await using server = await startTestServer()
  const { admin, operator, db } = server
  const [bin, other] = await makeBins(admin, 2)
  const { id: whole } = await makeProduct(admin)
  const { id: inPart } = await makeProduct(admin)
  for (const productId of [whole, inPart]) {
    await receive(operator, productId, bin, 1)
    await receive(operator, productId, other, 1)
  }
  await db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`)
    await tx.execute(sql`insert into stock_levels (product_id, location_id, on_hand, last_occurred_at)
      select gen_random_uuid(), gen_random_uuid(), 1, now() from generate_series(1, 20000)`)
  })
  await db.execute(sql`analyze stock_levels`)
  await db.transaction(async (tx) => {
    const levels = await lockLevelsAndProducts(tx, [whole, inPart], [bin, bin], [whole])
    expect(levels.map(({ productId, locationId }) => [productId, locationId]).sort()).toEqual(
      [
        [whole, bin],
        [whole, other],
        [inPart, bin],
      ].sort(),
    )
    const { rows } = await tx.execute<{ read: number }>(sql`select seq_tup_read::int as read
      from pg_stat_xact_user_tables where relname = 'stock_levels'`)
    expect(rows).toEqual([{ read: 0 }])
  })
})
