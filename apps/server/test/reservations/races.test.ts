import type { StockbookClient } from '@stockbook/client'
import { commands, reservations, stockMovements } from '@stockbook/db'
import { eq, isNull, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { expireReservations } from '../../src/features/reservations/expire.ts'
import { startSecondServer } from '../../src/testing/secondServer.ts'
import { expectSoundBook } from '../../src/testing/soundBook.ts'
import { startTestServer } from '../../src/testing/testServer.ts'
import {
  makeBins,
  makeLocation,
  makeProduct,
  onHand,
  receive,
} from '../../src/testing/warehouse.ts'
import { refusalCodes, times } from './calls.ts'
import { expectSoundReservations } from './soundReservations.ts'

type Operator = StockbookClient<'operator'>

const ship = (
  client: Operator,
  productId: string,
  fromLocationId: string,
  reservationId: string | null = null,
) =>
  client.movements.post.mutate({
    lines: [{ type: 'outgoing', productId, fromLocationId, quantity: 1, reservationId }],
  })

const hold = (client: Operator, productId: string, locationId: string, quantity = 1) =>
  client.reservations.hold.mutate({ productId, locationId, quantity })

const counted = (codes: readonly string[]) =>
  Object.fromEntries(
    [...new Set(codes)].sort().map((code) => [code, codes.filter((one) => one === code).length]),
  )

test('fifty shippers against ten held pieces: the ten who may win, on two servers', async () => {
  await using server = await startTestServer()
  await using second = await startSecondServer(server)
  const both = [server.operator, second.operator]
  const [bin] = await makeBins(server.admin, 1)
  const { id: productId } = await makeProduct(server.admin)
  await receive(server.operator, productId, bin, 10)
  const { reservation } = await hold(server.operator, productId, bin, 10)
  const codes = await refusalCodes(
    times(50, (index) =>
      ship(both[index % 2]!, productId, bin, index % 4 < 2 ? reservation.id : null),
    ),
  )
  expect(Object.keys(counted(codes))).toEqual(['INSUFFICIENT_STOCK', 'RESERVATION_CLOSED'])
  const free = await server.db.$count(
    stockMovements,
    sql`type = 'outgoing' and reservation_id is null`,
  )
  expect(free).toBe(0)
  expect(await server.operator.reservations.get.query({ id: reservation.id })).toMatchObject({
    status: 'shipped',
    shipped: 10,
  })
  expect(await onHand(server.operator, productId)).toBe(0)
  await expectSoundReservations(server)
})

test('holders and shippers of the same goods race: what is held is there, round after round', async () => {
  await using server = await startTestServer()
  await using second = await startSecondServer(server)
  const both = [server.operator, second.operator]
  for (let round = 0; round < 8; round++) {
    // New goods each time: the first hold of a product meets commands that are under way already.
    const [bin] = await makeBins(server.admin, 1)
    const { id: productId } = await makeProduct(server.admin)
    await receive(server.operator, productId, bin, 10)
    const codes = await refusalCodes(
      times(40, (index) =>
        index % 4 < 2
          ? hold(both[index % 2]!, productId, bin)
          : ship(both[index % 2]!, productId, bin),
      ),
    )
    expect(counted(codes)).toEqual({ INSUFFICIENT_STOCK: 30 })
    const held = await server.db.$count(reservations, eq(reservations.productId, productId))
    expect(await onHand(server.operator, productId)).toBe(held)
  }
  await expectSoundReservations(server)
})

test('a hold of a warehouse is safe from those who ship from its many bins at once', async () => {
  await using server = await startTestServer()
  await using second = await startSecondServer(server)
  const both = [server.operator, second.operator]
  const { id: warehouse } = await makeLocation(server.admin, 'warehouse', null)
  const bins = await Promise.all(
    times(5, () => makeLocation(server.admin, 'bin', warehouse).then(({ id }) => id)),
  )
  const { id: productId } = await makeProduct(server.admin)
  for (const bin of bins) await receive(server.operator, productId, bin, 4)
  const codes = await refusalCodes([
    ...times(30, (index) => ship(both[index % 2]!, productId, bins[index % 5]!)),
    hold(second.operator, productId, warehouse, 12),
    ...times(30, (index) => ship(both[index % 2]!, productId, bins[index % 5]!)),
  ])
  const isHeld = (await server.db.$count(reservations)) === 1
  expect(await onHand(server.operator, productId)).toBe(isHeld ? 12 : 0)
  expect(counted(codes)).toEqual({ INSUFFICIENT_STOCK: isHeld ? 52 : 41 })
  await expectSoundReservations(server)
})

test('who ships at the moment of expiry ships what is held or learns that it is over, never both', async () => {
  await using server = await startTestServer()
  const { operator, admin, db, serverDb } = server
  type Hold = Parameters<typeof operator.reservations.hold.mutate>[0]
  /** For so many milliseconds, or longer where the moment is over before it is asked for. */
  async function holdFor(ms: number, held: Omit<Hold, 'expiresAt'>) {
    for (let left = ms; ; left *= 2) {
      const expiresAt = new Date(Date.now() + left)
      const [answer] = await Promise.allSettled([
        operator.reservations.hold.mutate({ ...held, expiresAt }),
      ])
      if (answer.status === 'fulfilled') return answer.value.reservation
      expect(answer.reason).toMatchObject({ code: 'INVALID_INPUT' })
      expect(left).toBeLessThan(2_000)
    }
  }
  for (let round = 0; round < 6; round++) {
    const [bin] = await makeBins(admin, 1)
    const { id: productId } = await makeProduct(admin)
    await receive(operator, productId, bin, 12)
    const held = { productId, locationId: bin, quantity: 12 }
    const { id, expiresAt } = await holdFor(60 + 10 * round, held)
    const codes = new Set<string>()
    // Until everything has gone out: only those who ship without it can do so in the end.
    for (let left = 12; left > 0; left = await onHand(operator, productId)) {
      const refused = await refusalCodes([
        ship(operator, productId, bin, id),
        ship(operator, productId, bin),
        expireReservations(serverDb),
      ])
      for (const code of refused) codes.add(code)
    }
    const rows = await db
      .select()
      .from(stockMovements)
      .where(eq(stockMovements.fromLocationId, bin))
    for (const { reservationId, recordedAt } of rows) {
      expect(reservationId === null).toBe(recordedAt >= expiresAt!)
    }
    await expireReservations(serverDb)
    const shipped = rows.filter(({ reservationId }) => reservationId === id).length
    expect(await operator.reservations.get.query({ id })).toMatchObject(
      shipped === 12
        ? { status: 'shipped', shipped }
        : { status: 'expired', shipped, released: 12 - shipped },
    )
    for (const code of codes) {
      expect(['INSUFFICIENT_STOCK', 'RESERVATION_EXPIRED', 'RESERVATION_CLOSED']).toContain(code)
    }
  }
  await expectSoundReservations(server)
})

test('holds, releases, shipments and transfers of the same products in all orders wait, and all end well', async () => {
  await using server = await startTestServer()
  await using second = await startSecondServer(server)
  const both = [server.operator, second.operator]
  const [one, other] = await makeBins(server.admin, 2)
  const products: string[] = []
  for (let index = 0; index < 4; index++) {
    const { id } = await makeProduct(server.admin)
    products.push(id)
    await receive(server.operator, id, one, 200)
    await hold(server.operator, id, one, 20)
  }
  const work = times(24, async (index) => {
    const client = both[index % 2]!
    const rotated = [...products.slice(index % 4), ...products.slice(0, index % 4)]
    const { reservation } = await hold(client, rotated[0]!, one)
    await client.movements.post.mutate({
      lines: rotated.map((productId) => ({
        type: 'transfer',
        productId,
        fromLocationId: one,
        toLocationId: other,
        quantity: 1,
      })),
    })
    if (index % 3 === 0) await client.reservations.release.mutate({ id: reservation.id })
    else await ship(client, rotated[0]!, one, reservation.id)
  })
  expect(await refusalCodes(work)).toEqual([])
  for (const productId of products) {
    expect(await onHand(server.operator, productId, other)).toBe(24)
  }
  expect(await server.db.$count(commands, eq(commands.outcome, 'refused'))).toBe(0)
  expect(await server.db.$count(reservations, isNull(reservations.expiresAt))).toBe(28)
  await expectSoundReservations(server)
  await expectSoundBook(server)
})
