import { expect, test } from 'vitest'
import { holdLevels, holdWrites } from '../../src/testing/holdTable.ts'
import { startTestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, receive } from '../../src/testing/warehouse.ts'
import { refusal } from './calls.ts'
import { expectSoundReservations } from './soundReservations.ts'

test('goods that come to a new place and leave it while others are being held are not held', async () => {
  await using server = await startTestServer()
  const { admin, operator, databaseUrl } = server
  const [bin, newBin] = await makeBins(admin, 2)
  const { parentId: warehouse } = await admin.locations.get.query({ id: bin })
  const { id: productId } = await makeProduct(admin)
  await receive(operator, productId, bin, 10)

  const levels = await holdLevels(databaseUrl, productId)
  const holding = refusal(
    operator.reservations.hold.mutate({ productId, locationId: warehouse!, quantity: 15 }),
  )
  await levels.whenWaiting(1)
  await receive(operator, productId, newBin, 10)
  const writes = await holdWrites(databaseUrl, 'reservations')
  await levels.release()
  // It would wait for this in the end, with the new goods in its sum.
  await Promise.race([holding, writes.whenWaiting(1)])
  await operator.movements.post.mutate({
    lines: [{ type: 'outgoing', productId, fromLocationId: newBin, quantity: 10 }],
  })
  await writes.release()
  const { code, detail } = await holding
  expect({ code, available: detail.available }).toEqual({
    code: 'INSUFFICIENT_STOCK',
    available: 10,
  })
  await expectSoundReservations(server)
})
