import { expect, test } from 'vitest'
import { expectSoundBook } from '../../src/testing/soundBook.ts'
import { startTestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, receive } from '../../src/testing/warehouse.ts'
import { refusal } from '../reservations/calls.ts'

test('a count below what is held leaves the latest order short, and the earlier one its goods', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const [bin] = await makeBins(admin, 1)
  const { id: productId } = await makeProduct(admin)
  await receive(operator, productId, bin, 10)
  const hold = async (reference: string, quantity: number) => {
    const input = { productId, locationId: bin, quantity, reference }
    return (await operator.reservations.hold.mutate(input)).reservation.id
  }
  const x = await hold('X', 5)
  const y = await hold('Y', 3)
  const get = (id: string) => operator.reservations.get.query({ id })

  const check = await admin.checks.open.mutate({
    title: 'bin',
    scope: { locationIds: [bin] },
  })
  const { items } = await operator.checks.lines.query({ checkId: check.id })
  await operator.checks.count.mutate({ lineId: items[0]!.id, quantity: 5 })
  await operator.checks.submit.mutate({ id: check.id })
  await admin.checks.approve.mutate({ id: check.id })

  expect(await operator.stock.explain.query({ productId })).toMatchObject({
    onHand: 5,
    held: 8,
    short: 3,
    available: 0,
  })
  expect(await get(x)).toMatchObject({ status: 'held', open: 5, short: 0 })
  expect(await get(y)).toMatchObject({
    status: 'short',
    open: 3,
    short: 3,
    changes: [{ kind: 'held' }, { kind: 'short', quantity: 3, actorName: 'anton' }],
  })
  const { items: short } = await operator.reservations.list.query({ status: 'short' })
  expect(short.map(({ reference }) => reference)).toEqual(['Y'])

  const ship = (reservationId: string, quantity: number) =>
    operator.movements.post.mutate({
      lines: [{ type: 'outgoing', productId, fromLocationId: bin, quantity, reservationId }],
    })
  expect(await refusal(ship(y, 1))).toMatchObject({
    code: 'INSUFFICIENT_STOCK',
    detail: { available: 0, requested: 1, held: 5 },
  })
  await receive(operator, productId, bin, 2)
  expect(await get(y)).toMatchObject({ status: 'short', short: 1 })
  await ship(x, 5)
  await ship(y, 2)
  expect(await get(y)).toMatchObject({ status: 'short', shipped: 2, open: 1, short: 1 })
  await receive(operator, productId, bin, 1)
  expect(await get(y)).toMatchObject({ status: 'partly_shipped', open: 1, short: 0 })
  expect((await get(y)).changes.map(({ kind, quantity }) => [kind, quantity])).toEqual([
    ['held', 3],
    ['short', 3],
    ['recovered', 2],
    ['shipped', 2],
    ['recovered', 1],
  ])
  await expectSoundBook(server)
})
