import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../src/testing/testServer.ts'
import { makeLot, makeProduct, onHand, receive } from '../../src/testing/warehouse.ts'
import { follow } from '../live/follow.ts'
import { makeWarehouse, signInRestricted, type Warehouse } from './house.ts'

/** What somebody does who is restricted to the north, in a house that has a south too. */

type Client = TestServer['operator']

let server: TestServer
let north: Warehouse
let south: Warehouse
let rita: Client
let userId: string

beforeAll(async () => {
  server = await startTestServer()
  north = await makeWarehouse(server, 'NORTH')
  south = await makeWarehouse(server, 'SOUTH')
  const { client, user } = await signInRestricted(server, [north.warehouse])
  rita = client
  userId = user.id
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

/** Tea of which so much lies in each warehouse. */
async function tea(inNorth: number, inSouth: number) {
  const { id } = await makeProduct(server.admin)
  if (inNorth > 0) await receive(server.operator, id, north.bin, inNorth)
  if (inSouth > 0) await receive(server.operator, id, south.bin, inSouth)
  return id
}

const transfer = (productId: string, fromLocationId: string, toLocationId: string, quantity = 1) =>
  ({ type: 'transfer', productId, fromLocationId, toLocationId, quantity }) as const

describe('posting', () => {
  test('works inside, to the last bin, as it does for everybody', async () => {
    const productId = await tea(0, 0)
    const { movements } = await rita.movements.post.mutate({
      lines: [
        { type: 'incoming', productId, toLocationId: north.bin, quantity: 9 },
        transfer(productId, north.bin, north.otherBin, 4),
        { type: 'outgoing', productId, fromLocationId: north.otherBin, quantity: 1 },
        { type: 'adjustment', productId, fromLocationId: north.bin, quantity: 1, reason: 'broken' },
      ],
    })
    expect(movements).toHaveLength(4)
    expect(await onHand(rita, productId)).toBe(7)
    const { items } = await rita.movements.list.query({ productId })
    expect(items).toHaveLength(4)
    const last = { movementIds: [items[0]!.id], reason: 'a mistake' }
    expect((await rita.movements.reverse.mutate(last)).movements).toHaveLength(1)
  })

  test('outside is refused with the line and the place, and posts nothing of the command', async () => {
    const productId = await tea(5, 5)
    const refused = await rita.movements.post
      .mutate({
        lines: [
          { type: 'outgoing', productId, fromLocationId: north.bin, quantity: 1 },
          transfer(productId, north.bin, south.bin),
        ],
      })
      .catch((error: unknown) => error)
    expect(refused).toMatchObject({
      code: 'OUTSIDE_WAREHOUSES',
      detail: { line: 1, field: 'toLocationId', locationId: south.bin },
    })
    expect(await onHand(server.admin, productId, north.bin)).toBe(5)
    expect(await onHand(server.admin, productId, south.bin)).toBe(5)
  })

  test('at a place that does not exist is refused in the same words', async () => {
    const productId = await tea(0, 0)
    const at = (toLocationId: string) =>
      rita.movements.post
        .mutate({ lines: [{ type: 'incoming', productId, toLocationId, quantity: 1 }] })
        .catch(({ code, detail, message }: { code: string; detail: object; message: string }) => ({
          code,
          message,
          detail: { ...detail, locationId: 'X' },
        }))
    expect(await at(randomUUID())).toEqual(await at(south.bin))
    expect(await at(south.zone)).toEqual(await at(south.bin))
  })

  test('leaves those alone who post at the same moment', async () => {
    const productId = await tea(20, 20)
    const out = (client: Client, fromLocationId: string) =>
      client.movements.post.mutate({
        lines: [{ type: 'outgoing', productId, fromLocationId, quantity: 1 }],
      })
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, () => [
        out(server.operator, south.bin),
        out(rita, south.bin),
        out(rita, north.bin),
      ]).flat(),
    )
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(16)
    for (const result of results) {
      if (result.status === 'rejected') {
        expect(result.reason).toMatchObject({ code: 'OUTSIDE_WAREHOUSES' })
      }
    }
    expect(await onHand(server.admin, productId, south.bin)).toBe(12)
    expect(await onHand(server.admin, productId, north.bin)).toBe(12)
  })

  test('is not refused for ever: the same command works once the restriction has ended', async () => {
    const productId = await tea(0, 5)
    const { client, user } = await signInRestricted(server, [north.warehouse])
    const command = {
      commandId: randomUUID(),
      lines: [{ type: 'outgoing' as const, productId, fromLocationId: south.bin, quantity: 2 }],
    }
    await expect(client.movements.post.mutate(command)).rejects.toMatchObject({
      code: 'OUTSIDE_WAREHOUSES',
    })
    await server.admin.users.update.mutate({ id: user.id, warehouseIds: null })
    expect(await client.movements.post.mutate(command)).toMatchObject({ replayed: false })

    await server.admin.users.update.mutate({ id: user.id, warehouseIds: [north.warehouse] })
    // Whoever did not hear the answer must not believe that nothing was posted.
    expect(await client.movements.post.mutate(command)).toMatchObject({ replayed: true })
    expect(await onHand(server.admin, productId)).toBe(3)
  })

  test('takes back what lies wholly inside, and nothing else', async () => {
    const productId = await tea(5, 5)
    const { movements, commandId } = await server.operator.movements.post.mutate({
      lines: [
        transfer(productId, south.bin, north.bin),
        transfer(productId, south.bin, south.otherBin),
        transfer(productId, north.bin, north.otherBin),
      ],
    })
    const [border, beyond, inside] = movements.map(({ id }) => id) as [number, number, number]
    const reverse = (input: object) => rita.movements.reverse.mutate({ reason: 'no', ...input })
    await expect(reverse({ movementIds: [inside, border] })).rejects.toMatchObject({
      code: 'OUTSIDE_WAREHOUSES',
      detail: { line: 1, movementId: border },
    })
    await expect(reverse({ movementIds: [beyond] })).rejects.toMatchObject({
      code: 'REFERENCE_NOT_FOUND',
      detail: { field: 'movementId', value: beyond },
    })
    await expect(reverse({ reversedCommandId: commandId })).rejects.toMatchObject({
      code: 'OUTSIDE_WAREHOUSES',
      detail: { reversedCommandId: commandId },
    })
    const abroad = await receive(server.operator, productId, south.bin, 1)
    await expect(reverse({ reversedCommandId: abroad.commandId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      detail: { entity: 'command', id: abroad.commandId },
    })
    await reverse({ movementIds: [inside] })
    expect(await onHand(server.admin, productId, north.bin)).toBe(6)
  })
})

describe('goods that come and go over the border', () => {
  test('are seen on their own side: the other one is not told, nor can it be asked for', async () => {
    const productId = await tea(5, 5)
    await server.operator.movements.post.mutate({
      lines: [
        transfer(productId, south.bin, north.bin, 3),
        transfer(productId, north.bin, south.otherBin, 2),
        transfer(productId, south.bin, south.otherBin, 1),
      ],
    })
    const { items } = await rita.movements.list.query({ productId, type: 'transfer' })
    expect(items.map(({ fromLocationId, toLocationId }) => [fromLocationId, toLocationId])).toEqual(
      expect.arrayContaining([
        [null, north.bin],
        [north.bin, null],
      ]),
    )
    expect(items).toHaveLength(2)
    expect(await rita.movements.get.query({ id: items[0]!.id })).toEqual(items[0])
    for (const asked of [
      { locationId: south.bin },
      { locationId: south.warehouse },
      { where: { fromLocationId: { equals: south.bin } } },
      { where: { toLocationId: { within: south.warehouse } } },
    ]) {
      expect((await rita.movements.list.query({ productId, ...asked })).items).toEqual([])
    }
    expect((await server.operator.movements.list.query({ productId })).items).toHaveLength(5)
  })

  test('add up in the history of a product to what lies inside', async () => {
    const productId = await tea(5, 5)
    await server.operator.movements.post.mutate({
      lines: [
        transfer(productId, south.bin, north.bin, 3),
        transfer(productId, north.bin, north.otherBin, 2),
        transfer(productId, north.bin, south.otherBin, 1),
      ],
    })
    const pages = []
    let cursor: string | undefined
    do {
      const page = await rita.stock.history.query({
        productId,
        limit: 1,
        ...(cursor && { cursor }),
      })
      pages.push(...page.items)
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(pages.map(({ change, onHandAfter }) => [change, onHandAfter])).toEqual([
      [-1, 7],
      [0, 8],
      [3, 8],
      [5, 5],
    ])
    expect(await onHand(rita, productId)).toBe(7)
    const now = { at: new Date(), productId }
    const { items } = await rita.stock.asOf.query(now)
    expect(items.reduce((sum, level) => sum + level.onHand, 0)).toBe(7)
  })

  test('count in the trace of a lot as received and as shipped', async () => {
    const { id: productId } = await makeProduct(server.admin, { tracking: 'lot' })
    const { id: lotId } = await makeLot(server.admin, productId)
    const lot = { productId, lotId }
    const line = (quantity: number) => ({ ...lot, quantity })
    const { movements } = await server.operator.movements.post.mutate({
      lines: [
        { type: 'incoming', ...line(10), toLocationId: south.bin },
        { type: 'transfer', ...line(6), fromLocationId: south.bin, toLocationId: north.bin },
        { type: 'transfer', ...line(2), fromLocationId: north.bin, toLocationId: south.bin },
        { type: 'transfer', ...line(3), fromLocationId: south.bin, toLocationId: north.bin },
        { type: 'transfer', ...line(1), fromLocationId: north.bin, toLocationId: north.otherBin },
        { type: 'outgoing', ...line(1), fromLocationId: north.bin },
        { type: 'outgoing', ...line(1), fromLocationId: south.bin },
      ],
    })
    await server.operator.movements.reverse.mutate({
      movementIds: [movements[3]!.id],
      reason: 'never went',
    })
    const { items, levels, ...sums } = await rita.lots.trace.query({ id: lotId })
    expect(sums).toMatchObject({ received: 6, shipped: 3, adjusted: 0, onHand: 3 })
    expect(levels.map(({ locationCode, onHand }) => [locationCode, onHand])).toEqual([
      ['NORTH-BIN', 2],
      ['NORTH-OTHER-BIN', 1],
    ])
    expect(items.map(({ locationCode }) => locationCode)).toEqual(['NORTH-BIN'])
    expect(await server.operator.lots.trace.query({ id: lotId })).toMatchObject({
      received: 10,
      shipped: 2,
      onHand: 8,
    })
  })

  test('are heard live from their own side, with the levels of that side alone', async () => {
    const productId = await tea(5, 5)
    const heard = follow(rita)
    await heard.started()
    await receive(server.operator, productId, south.bin, 4)
    await server.operator.movements.post.mutate({
      lines: [transfer(productId, south.bin, north.bin, 3)],
    })
    await receive(server.operator, productId, north.bin, 1)
    await heard.counted(2)
    expect(heard.changes()).toMatchObject([
      { fromLocationId: null, toLocationId: north.bin, quantity: 3 },
      { fromLocationId: null, toLocationId: north.bin, quantity: 1 },
    ])
    const levels = heard.events.flatMap((event) => event.levels)
    expect(new Set(levels.map(({ locationId }) => locationId))).toEqual(new Set([north.bin]))
    heard.unsubscribe()
  })
})

test('who listens hears nothing of a warehouse any more soon after being restricted to another', async () => {
  const productId = await tea(0, 0)
  const { client, user } = await signInRestricted(server, [south.warehouse])
  const heard = follow(client)
  await heard.started()
  await receive(server.operator, productId, south.bin, 1)
  await heard.counted(1)
  await server.admin.users.update.mutate({ id: user.id, warehouseIds: [north.warehouse] })
  // The subscription ends by itself and begins again with the new warehouses.
  await receive(server.operator, productId, north.bin, 2)
  await heard.counted(2)
  await receive(server.operator, productId, south.bin, 3)
  await receive(server.operator, productId, north.bin, 4)
  await heard.counted(3)
  expect(heard.quantities()).toEqual([1, 2, 4])
  heard.unsubscribe()
})

describe('setting goods aside', () => {
  test('works inside: held, told, explained, suggested, shipped and given back', async () => {
    const productId = await tea(5, 50)
    await server.operator.reservations.hold.mutate({
      productId,
      locationId: south.warehouse,
      quantity: 40,
    })
    const { reservation } = await rita.reservations.hold.mutate({
      productId,
      locationId: north.warehouse,
      quantity: 4,
    })
    expect((await rita.reservations.list.query({ productId })).items).toHaveLength(1)
    expect(await rita.stock.explain.query({ productId })).toMatchObject({
      onHand: 5,
      held: 4,
      available: 1,
      reservations: [{ id: reservation.id }],
      levels: [{ locationCode: 'NORTH-BIN' }],
    })
    const pick = { productId, quantity: 5, reservationId: reservation.id }
    await expect(rita.stock.suggestPick.query(pick)).rejects.toMatchObject({
      code: 'RESERVATION_EXCEEDED',
    })
    expect(await rita.stock.suggestPick.query({ ...pick, quantity: 4 })).toMatchObject({
      picked: 4,
      picks: [{ locationId: north.bin }],
    })
    await rita.movements.post.mutate({
      lines: [
        {
          type: 'outgoing',
          productId,
          fromLocationId: north.bin,
          quantity: 1,
          reservationId: reservation.id,
        },
      ],
    })
    const released = await rita.reservations.release.mutate({ id: reservation.id })
    expect(released.reservation).toMatchObject({ shipped: 1, released: 3, open: 0 })
  })
})

describe('counting', () => {
  test('works in a check of places inside, and a check that reaches further is not there', async () => {
    const productId = await tea(5, 5)
    const { admin } = server
    const own = await admin.checks.open.mutate({
      title: 'North',
      scope: { productIds: [productId], locationIds: [north.warehouse] },
    })
    const whole = await admin.checks.open.mutate({
      title: 'Everywhere',
      scope: { productIds: [productId] },
    })
    const { items } = await rita.checks.list.query({})
    expect(items.map(({ id }) => id)).toEqual([own.id])
    await expect(rita.checks.get.query({ id: whole.id })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    const { items: lines } = await rita.checks.lines.query({ checkId: own.id })
    await rita.checks.count.mutate({ lineId: lines[0]!.id, quantity: 5 })
    const addAt = (locationId: string) =>
      rita.checks.addLine.mutate({ checkId: own.id, productId, locationId })
    await expect(addAt(south.bin)).rejects.toMatchObject({ code: 'OUTSIDE_WAREHOUSES' })
    const found = await addAt(north.otherBin)
    await rita.checks.count.mutate({ lineId: found.id, quantity: 1 })
    expect(await rita.checks.submit.mutate({ id: own.id })).toMatchObject({ status: 'review' })
    const { items: everywhere } = await admin.checks.lines.query({ checkId: whole.id })
    for (const { id: lineId } of everywhere) {
      await expect(rita.checks.count.mutate({ lineId, quantity: 1 })).rejects.toMatchObject({
        code: 'NOT_FOUND',
        detail: { entity: 'line', id: lineId },
      })
    }
  })
})

test('reports reckon with the goods inside alone', async () => {
  const { id: productId } = await makeProduct(server.admin, { reorderPoint: 10, unitCost: '2' })
  await receive(server.operator, productId, north.bin, 6)
  await receive(server.operator, productId, south.bin, 60)
  const lowOf = async (client: Client) =>
    (await client.reports.lowStock.query({ limit: 200 })).items.find(
      (row) => row.productId === productId,
    )
  expect(await lowOf(server.operator)).toBeUndefined()
  expect(await lowOf(rita)).toMatchObject({ onHand: 6, available: 6, suggestedOrder: 14 })
  const slow = await rita.reports.slowMovers.query({ days: 1, limit: 200 })
  expect(slow.items.find((row) => row.productId === productId)).toMatchObject({ onHand: 6 })
  expect((await server.admin.users.get.query({ id: userId })).warehouseIds).toEqual([
    north.warehouse,
  ])
})
