import { listAll } from '@stockbook/client'
import { locations } from '@stockbook/db'
import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { startTestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeLocation, makeProduct, receive } from '../../src/testing/warehouse.ts'

test('of a warehouse of more than a thousand places all is listed, and nothing of its neighbour', async () => {
  await using server = await startTestServer()
  const { admin, operator, db } = server
  const [far] = await makeBins(admin, 1)
  const warehouse = await makeLocation(admin, 'warehouse', null)
  await db.execute(sql`
      insert into locations (kind, code, name, parent_id)
      select 'bin', 'many-' || number, 'one of many', ${warehouse.id}
      from generate_series(1, 1200) as number`)
  const bins = await db
    .select({ id: locations.id })
    .from(locations)
    .where(eq(locations.parentId, warehouse.id))
    .limit(9)
  const products = [await makeProduct(admin), await makeProduct(admin)]
  for (const { id: productId } of products) {
    await receive(operator, productId, far, 1)
    for (const bin of bins) await receive(operator, productId, bin.id, 2)
  }

  const wanted = products.flatMap(({ id }) => bins.map((bin) => `${id} ${bin.id}`)).sort()
  const input = { locationId: warehouse.id, limit: 5 }
  const levels: string[] = []
  for await (const level of listAll(operator.stock.levels, input)) {
    levels.push(`${level.productId} ${level.locationId}`)
  }
  expect(levels.sort()).toEqual(wanted)
  const movements: string[] = []
  for await (const movement of listAll(operator.movements.list, input)) {
    movements.push(`${movement.productId} ${movement.toLocationId}`)
  }
  expect(movements.sort()).toEqual(wanted)
})
