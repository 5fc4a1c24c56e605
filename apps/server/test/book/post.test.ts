import { randomUUID } from 'node:crypto'
import { newCommandId, type StockbookClient } from '@stockbook/client'
import { commands, stockLevels, stockMovements } from '@stockbook/db'
import { expect, test } from 'vitest'
import { databaseContents } from '../../src/testing/databaseContents.ts'
import { expectSoundBook } from '../../src/testing/soundBook.ts'
import { startTestServer, type TestServer } from '../../src/testing/testServer.ts'
import {
  makeBins,
  makeLocation,
  makeLot,
  makeProduct,
  onHand,
  receive,
} from '../../src/testing/warehouse.ts'

type PostInput = Parameters<StockbookClient['movements']['post']['mutate']>[0]
type Line = PostInput['lines'][number]

const minuteMs = 60_000

/** What a server holds that can go wrong in a line. */
async function stockedServer() {
  const server = await startTestServer()
  const { admin, operator } = server
  const [bin, otherBin] = await makeBins(admin, 2)
  const warehouse = await makeLocation(admin, 'warehouse', null)
  const product = await makeProduct(admin, { packagings: [{ name: 'case', factor: 144 }] })
  const tracked = await makeProduct(admin, { tracking: 'lot' })
  const other = await makeProduct(admin, {
    tracking: 'lot',
    packagings: [{ name: 'case', factor: 2 }],
  })
  const lot = await makeLot(operator, tracked.id)
  const otherLot = await makeLot(operator, other.id)
  const { movements } = await receive(operator, product.id, bin, 10)
  return { server, bin, otherBin, warehouse, product, tracked, other, lot, otherLot, movements }
}

type Stocked = Awaited<ReturnType<typeof stockedServer>>

const nowhere = 'f0000000-0000-4000-8000-000000000000'

const badLines: [string, (stocked: Stocked) => unknown, (stocked: Stocked) => object][] = [
  [
    'an unknown product',
    ({ bin }) => ({ type: 'incoming', productId: nowhere, toLocationId: bin, quantity: 1 }),
    () => ({
      code: 'REFERENCE_NOT_FOUND',
      detail: { entity: 'movement', line: 1, field: 'productId', value: nowhere },
    }),
  ],
  [
    'an unknown place to',
    ({ product }) => ({
      type: 'incoming',
      productId: product.id,
      toLocationId: nowhere,
      quantity: 1,
    }),
    () => ({
      code: 'REFERENCE_NOT_FOUND',
      detail: { line: 1, field: 'toLocationId', value: nowhere },
    }),
  ],
  [
    'an unknown place from',
    ({ product }) => ({
      type: 'outgoing',
      productId: product.id,
      fromLocationId: nowhere,
      quantity: 1,
    }),
    () => ({
      code: 'REFERENCE_NOT_FOUND',
      detail: { line: 1, field: 'fromLocationId', value: nowhere },
    }),
  ],
  [
    'an unknown lot',
    ({ tracked, bin }) => ({
      type: 'incoming',
      productId: tracked.id,
      lotId: nowhere,
      toLocationId: bin,
      quantity: 1,
    }),
    () => ({ code: 'REFERENCE_NOT_FOUND', detail: { line: 1, field: 'lotId', value: nowhere } }),
  ],
  [
    'an unknown packaging',
    ({ product, bin }) => ({
      type: 'incoming',
      productId: product.id,
      packagingId: nowhere,
      toLocationId: bin,
      quantity: 1,
    }),
    () => ({
      code: 'REFERENCE_NOT_FOUND',
      detail: { line: 1, field: 'packagingId', value: nowhere },
    }),
  ],
  [
    "another product's packaging",
    ({ product, other, bin }) => ({
      type: 'incoming',
      productId: product.id,
      packagingId: other.packagings[0]!.id,
      toLocationId: bin,
      quantity: 1,
    }),
    ({ other }) => ({
      code: 'REFERENCE_NOT_FOUND',
      detail: { line: 1, field: 'packagingId', value: other.packagings[0]!.id },
    }),
  ],
  [
    'an unknown movement to take back',
    () => ({ type: 'reversal', movementId: 999_999 }),
    () => ({
      code: 'REFERENCE_NOT_FOUND',
      detail: { line: 1, field: 'movementId', value: 999_999 },
    }),
  ],
  [
    'no lot where one is needed',
    ({ tracked, bin }) => ({
      type: 'incoming',
      productId: tracked.id,
      toLocationId: bin,
      quantity: 1,
    }),
    ({ tracked }) => ({
      code: 'LOT_REQUIRED',
      message: 'This product is tracked by lot: the line must name one.',
      detail: { line: 1, productId: tracked.id, sku: tracked.sku },
    }),
  ],
  [
    "another product's lot",
    ({ tracked, otherLot, bin }) => ({
      type: 'incoming',
      productId: tracked.id,
      lotId: otherLot.id,
      toLocationId: bin,
      quantity: 1,
    }),
    ({ tracked, otherLot }) => ({
      code: 'LOT_NOT_ALLOWED',
      detail: { line: 1, productId: tracked.id, lotId: otherLot.id },
    }),
  ],
  [
    'a lot of a product without lots',
    ({ product, lot, bin }) => ({
      type: 'incoming',
      productId: product.id,
      lotId: lot.id,
      toLocationId: bin,
      quantity: 1,
    }),
    ({ lot }) => ({ code: 'LOT_NOT_ALLOWED', detail: { line: 1, lotId: lot.id } }),
  ],
  [
    'a warehouse as the place',
    ({ product, warehouse }) => ({
      type: 'incoming',
      productId: product.id,
      toLocationId: warehouse.id,
      quantity: 1,
    }),
    ({ warehouse }) => ({
      code: 'LOCATION_HOLDS_NO_STOCK',
      message: 'Only bins hold stock. Name a bin inside this location.',
      detail: { line: 1, field: 'toLocationId', location: warehouse.code, kind: 'warehouse' },
    }),
  ],
  [
    'a third of a case',
    ({ product, bin }) => ({
      type: 'incoming',
      productId: product.id,
      packagingId: product.packagings[0]!.id,
      toLocationId: bin,
      quantity: '0.3',
    }),
    () => ({
      code: 'QUANTITY_NOT_WHOLE',
      detail: { line: 1, quantity: '0.3', factor: 144, baseUnits: '43.2' },
    }),
  ],
  [
    'no cases at all',
    ({ product, bin }) => ({
      type: 'incoming',
      productId: product.id,
      packagingId: product.packagings[0]!.id,
      toLocationId: bin,
      quantity: '0',
    }),
    () => ({ code: 'QUANTITY_NOT_WHOLE', detail: { line: 1, baseUnits: '0' } }),
  ],
  [
    'half a piece',
    ({ product, bin }) => ({
      type: 'incoming',
      productId: product.id,
      toLocationId: bin,
      quantity: '0.5',
    }),
    () => ({ code: 'QUANTITY_NOT_WHOLE', detail: { line: 1, baseUnits: '0.5' } }),
  ],
  [
    'a transfer to the same place',
    ({ product, bin }) => ({
      type: 'transfer',
      productId: product.id,
      fromLocationId: bin,
      toLocationId: bin,
      quantity: 1,
    }),
    () => ({
      code: 'INVALID_INPUT',
      fieldErrors: { 'lines.1.toLocationId': ['is where the goods already are'] },
    }),
  ],
  [
    'an adjustment without a place',
    ({ product }) => ({
      type: 'adjustment',
      productId: product.id,
      quantity: 1,
      reason: 'counted',
    }),
    () => ({
      code: 'INVALID_INPUT',
      fieldErrors: {
        'lines.1.toLocationId': ['an adjustment has either fromLocationId or toLocationId'],
      },
    }),
  ],
  [
    'an adjustment without a reason',
    ({ product, bin }) => ({
      type: 'adjustment',
      productId: product.id,
      toLocationId: bin,
      quantity: 1,
    }),
    () => ({
      code: 'INVALID_INPUT',
      fieldErrors: { 'lines.1.reason': expect.any(Array) as unknown },
    }),
  ],
  ...[0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 1e12 + 1, '-1', '1e3', '1.0000001', ''].map(
    (quantity): (typeof badLines)[number] => [
      `${JSON.stringify(quantity)} (${String(quantity)}) as a quantity`,
      ({ product, bin }) => ({
        type: 'incoming',
        productId: product.id,
        toLocationId: bin,
        quantity,
      }),
      () => ({
        code: 'INVALID_INPUT',
        fieldErrors: { 'lines.1.quantity': expect.any(Array) as unknown },
      }),
    ],
  ),
  [
    'more than can be counted',
    ({ product, bin }) => ({
      type: 'incoming',
      productId: product.id,
      toLocationId: bin,
      quantity: 1_000_000_000_000,
    }),
    () => ({
      code: 'INVALID_INPUT',
      fieldErrors: {
        'lines.1.quantity': [
          'brings the stock above 1000000000000 base units, more than can be counted',
        ],
      },
    }),
  ],
]

test('a command with one bad line is refused whole, with the line, the field and the reason', async () => {
  const stocked = await stockedServer()
  await using server = stocked.server
  const good = {
    type: 'incoming',
    productId: stocked.product.id,
    toLocationId: stocked.bin,
    quantity: 1,
  } as const
  const before = await databaseContents(server.db)
  const commandId = newCommandId()
  for (const [name, badLine, refusal] of badLines) {
    const lines = [good, badLine(stocked) as Line, good]
    await expect(
      server.operator.movements.post.mutate({ commandId, lines }),
      name,
    ).rejects.toMatchObject(refusal(stocked))
    expect(await databaseContents(server.db), name).toEqual(before)
  }
  // None of them was remembered: the id is as free as before.
  const { replayed } = await server.operator.movements.post.mutate({ commandId, lines: [good] })
  expect(replayed).toBe(false)
  await expectSoundBook(server)
})

test('a command says what is wrong with it beside its lines', async () => {
  const { server, product, bin } = await stockedServer()
  await using _ = server
  const lines = [
    { type: 'incoming', productId: product.id, toLocationId: bin, quantity: 1 },
  ] as const
  const before = await databaseContents(server.db)
  const refused = async (input: object, refusal: object) => {
    await expect(
      server.operator.movements.post.mutate({ lines: [...lines], ...input }),
    ).rejects.toMatchObject(refusal)
    expect(await databaseContents(server.db)).toEqual(before)
  }
  await refused(
    { lines: [] },
    { code: 'INVALID_INPUT', fieldErrors: { lines: [expect.any(String)] } },
  )
  await refused({ commandId: 'mine' }, { code: 'INVALID_INPUT' })
  await refused({ balance: 5 }, { code: 'INVALID_INPUT' })
  await refused({ occurredAt: new Date(Number.NaN) }, { code: 'INVALID_INPUT' })
  // The date of a program that knew none.
  await refused({ occurredAt: new Date('0001-01-01T00:00:00Z') }, { code: 'INVALID_INPUT' })
  await refused(
    { partnerId: nowhere },
    { code: 'REFERENCE_NOT_FOUND', detail: { field: 'partnerId' } },
  )
  const future = new Date(Date.now() + 6 * minuteMs)
  await refused(
    { occurredAt: future },
    { code: 'OCCURRED_AT_IN_FUTURE', detail: { occurredAt: future } },
  )
})

test('a refusal that the stock caused is remembered, and nothing else is written', async () => {
  const { server, product, bin, otherBin, movements } = await stockedServer()
  await using _ = server
  const { operator, admin, db } = server
  const movementId = movements[0]!.id
  const goods = { productId: product.id, quantity: 1 }
  const idle = await makeProduct(admin)
  await admin.products.archive.mutate({ id: idle.id })
  const { movements: shipped } = await operator.movements.post.mutate({
    lines: [{ type: 'outgoing', ...goods, fromLocationId: bin }],
  })
  const { movements: taken } = await operator.movements.reverse.mutate({
    movementIds: [shipped[0]!.id],
    reason: 'came back',
  })
  const refusals: [PostInput, object][] = [
    [
      { lines: [{ type: 'outgoing', ...goods, fromLocationId: otherBin }] },
      { code: 'INSUFFICIENT_STOCK', detail: { sku: product.sku, available: 0, requested: 1 } },
    ],
    [
      {
        occurredAt: new Date(0),
        lines: [{ type: 'outgoing', ...goods, fromLocationId: bin }],
      },
      {
        code: 'INSUFFICIENT_STOCK_IN_PAST',
        detail: { firstBadAt: new Date(0).toISOString(), shortfall: 1 },
      },
    ],
    [
      { lines: [{ type: 'incoming', productId: idle.id, quantity: 1, toLocationId: bin }] },
      { code: 'ARCHIVED', detail: { line: 0, entity: 'product', id: idle.id } },
    ],
    [
      { lines: [{ type: 'reversal', movementId: shipped[0]!.id }] },
      {
        code: 'ALREADY_REVERSED',
        detail: { line: 0, movementId: shipped[0]!.id, reversedById: taken[0]!.id },
      },
    ],
    [
      {
        lines: [
          { type: 'reversal', movementId },
          { type: 'reversal', movementId },
        ],
      },
      { code: 'ALREADY_REVERSED', detail: { line: 1, movementId } },
    ],
    [
      { lines: [{ type: 'reversal', movementId: taken[0]!.id }] },
      { code: 'NOT_REVERSIBLE', detail: { line: 0, movementId: taken[0]!.id } },
    ],
    [
      { occurredAt: new Date(0), lines: [{ type: 'reversal', movementId }] },
      { code: 'NOT_REVERSIBLE', detail: { line: 0, movementId } },
    ],
  ]
  const count = async () => ({
    movements: await db.$count(stockMovements),
    levels: await db.select().from(stockLevels).orderBy(stockLevels.id),
    commands: await db.$count(commands),
  })
  for (const [input, refusal] of refusals) {
    const before = await count()
    const command = { commandId: newCommandId(), ...input }
    const remembered = { ...before, commands: before.commands + 1 }
    await expect(operator.movements.post.mutate(command)).rejects.toMatchObject(refusal)
    expect(await count()).toEqual(remembered)
    await expect(operator.movements.post.mutate(command)).rejects.toMatchObject({
      ...refusal,
      detail: { replayed: true },
    })
    await expect(
      operator.movements.post.mutate({ ...command, note: 'another' }),
    ).rejects.toMatchObject({ code: 'COMMAND_ID_REUSED' })
    expect(await count()).toEqual(remembered)
  }
  await expectSoundBook(server)
})

test('an id belongs to whoever used it first: another user learns nothing from it', async () => {
  const { server, product, bin } = await stockedServer()
  await using _ = server
  const boris = await server.signInAs('boris', 'operator')
  const command = {
    commandId: newCommandId(),
    lines: [{ type: 'incoming' as const, productId: product.id, toLocationId: bin, quantity: 4 }],
  }
  await server.operator.movements.post.mutate(command)
  const refusal = boris.movements.post.mutate(command)
  await expect(refusal).rejects.toMatchObject({
    code: 'COMMAND_ID_REUSED',
    detail: { commandId: command.commandId },
  })
  expect(await onHand(server.operator, product.id)).toBe(14)
})

test('an id is the same one whatever the case of its letters', async () => {
  const { server, product, bin } = await stockedServer()
  await using _ = server
  const { operator } = server
  const upper = { productId: product.id.toUpperCase(), fromLocationId: bin.toUpperCase() }
  const commandId = newCommandId()
  const line = {
    type: 'outgoing',
    productId: product.id,
    fromLocationId: bin,
    quantity: 1,
  } as const
  const first = await operator.movements.post.mutate({ commandId, lines: [line] })
  expect(
    await operator.movements.post.mutate({
      commandId: commandId.toUpperCase(),
      lines: [{ ...line, ...upper }],
    }),
  ).toEqual({ ...first, replayed: true })
  const held = { productId: upper.productId, locationId: upper.fromLocationId, quantity: 1 }
  const { reservation } = await operator.reservations.hold.mutate(held)
  const left = await onHand(operator, product.id)
  const both = [
    { ...line, quantity: left - 1 },
    { ...line, ...upper },
  ] as const
  const post = (lines: typeof both) => operator.movements.post.mutate({ lines: [...lines] })
  await expect(post(both)).rejects.toMatchObject({
    code: 'INSUFFICIENT_STOCK',
    detail: { productId: product.id, available: left - 1, requested: left },
  })
  const against = { ...both[1], reservationId: reservation.id.toUpperCase() }
  await operator.movements.post.mutate({ lines: [both[0], against] })
  expect(await onHand(operator, product.id)).toBe(0)
})

test('posting and reversing do not share an id', async () => {
  const { server, bin, product } = await stockedServer()
  await using _ = server
  const { commandId } = await receive(server.operator, product.id, bin, 1)
  await expect(
    server.operator.movements.reverse.mutate({
      commandId,
      reversedCommandId: commandId,
      reason: 'a mistake',
    }),
  ).rejects.toMatchObject({ code: 'COMMAND_ID_REUSED' })
  expect(await onHand(server.operator, product.id)).toBe(11)
})

test('a reversal names what it takes back, and nothing that is not there', async () => {
  const { server, movements, product } = await stockedServer()
  await using _ = server
  const { reverse } = server.operator.movements
  await expect(
    reverse.mutate({ reversedCommandId: nowhere, reason: 'a mistake' }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND', detail: { entity: 'command', id: nowhere } })
  await expect(reverse.mutate({ reason: 'a mistake' })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    fieldErrors: { '': ['name either movementIds or reversedCommandId'] },
  })
  await expect(
    reverse.mutate({ movementIds: [movements[0]!.id], reversedCommandId: nowhere, reason: 'x' }),
  ).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  expect(await onHand(server.operator, product.id)).toBe(10)
})

test('a command of ten thousand lines works; one more line is refused', async () => {
  const { server, product, tracked, lot, bin, otherBin } = await stockedServer()
  await using _ = server
  const lines = Array.from(
    { length: 10_000 },
    (_line, index): Line =>
      index % 2 === 0
        ? {
            type: 'incoming',
            productId: tracked.id,
            lotId: lot.id,
            toLocationId: bin,
            quantity: 2,
            reason: 'taken over from the old list',
          }
        : {
            type: 'transfer',
            productId: tracked.id,
            lotId: lot.id,
            fromLocationId: bin,
            toLocationId: otherBin,
            quantity: 1,
            reason: 'taken over from the old list',
          },
  )
  const answer = await server.operator.movements.post.mutate({ lines })
  expect(answer.movements).toHaveLength(10_000)
  expect(answer.movements[9_999]).toMatchObject({ type: 'transfer', quantity: 1 })
  expect(await onHand(server.operator, tracked.id, bin)).toBe(5_000)
  expect(await onHand(server.operator, tracked.id, otherBin)).toBe(5_000)

  const more = { type: 'incoming', productId: product.id, toLocationId: bin, quantity: 1 } as const
  await expect(
    server.operator.movements.post.mutate({ lines: [...lines, more] }),
  ).rejects.toMatchObject({ code: 'INVALID_INPUT', fieldErrors: { lines: [expect.any(String)] } })
  expect(await onHand(server.operator, product.id)).toBe(10)

  const { movements } = await server.operator.movements.reverse.mutate({
    reversedCommandId: answer.commandId,
    reason: 'the old list was wrong',
  })
  expect(movements).toHaveLength(10_000)
  expect(await onHand(server.operator, tracked.id)).toBe(0)
  await expectSoundBook(server)
})

test('without a date a command happens when it is recorded', async () => {
  const { server, product, bin } = await stockedServer()
  await using _ = server
  const before = await databaseNow(server)
  const { occurredAt, recordedAt } = await receive(server.operator, product.id, bin, 1)
  expect(occurredAt).toEqual(recordedAt)
  expect(recordedAt.getTime()).toBeGreaterThanOrEqual(before)
  expect(recordedAt.getTime()).toBeLessThanOrEqual(await databaseNow(server))
})

test('goods that a fast clock has dated ahead can be shipped now, after they came', async () => {
  const { server, product, otherBin } = await stockedServer()
  await using _ = server
  const ahead = new Date((await databaseNow(server)) + 4 * minuteMs)
  await receive(server.operator, product.id, otherBin, 5, ahead)
  const { occurredAt, recordedAt } = await server.operator.movements.post.mutate({
    lines: [{ type: 'outgoing', productId: product.id, fromLocationId: otherBin, quantity: 5 }],
  })
  expect(occurredAt).toEqual(ahead)
  expect(recordedAt.getTime()).toBeLessThan(ahead.getTime())
  await expectSoundBook(server)
})

async function databaseNow({ db }: TestServer): Promise<number> {
  const { rows } = await db.$client.query<{ now: string }>(
    'select floor(extract(epoch from clock_timestamp()) * 1000) as now',
  )
  return Number(rows[0]!.now)
}

test('a correction may pass through a shortage inside its command, in any order of lines', async () => {
  const { server, product, bin } = await stockedServer()
  await using _ = server
  const goods = { productId: product.id }
  await server.operator.movements.post.mutate({
    lines: [
      { type: 'outgoing', ...goods, fromLocationId: bin, quantity: 12 },
      { type: 'incoming', ...goods, toLocationId: bin, quantity: 5 },
    ],
  })
  expect(await onHand(server.operator, product.id)).toBe(3)
  await expectSoundBook(server)
})

test('every shortage of a command is told, each with its own numbers', async () => {
  const { server, product, tracked, lot, bin, otherBin } = await stockedServer()
  await using _ = server
  await expect(
    server.operator.movements.post.mutate({
      lines: [
        { type: 'outgoing', productId: product.id, fromLocationId: bin, quantity: 11 },
        {
          type: 'outgoing',
          productId: tracked.id,
          lotId: lot.id,
          fromLocationId: otherBin,
          quantity: 2,
        },
        { type: 'incoming', productId: tracked.id, lotId: lot.id, toLocationId: bin, quantity: 7 },
      ],
    }),
  ).rejects.toMatchObject({
    code: 'INSUFFICIENT_STOCK',
    message: 'Not enough stock at the source location.',
    detail: {
      shortages: [
        { sku: product.sku, locationId: bin, lotId: null, available: 10, requested: 11 },
        { sku: tracked.sku, locationId: otherBin, lotId: lot.id, available: 0, requested: 2 },
      ],
    },
  })
})

test('a movement tells who did it, for whom, and how it was counted', async () => {
  const { server, product, bin } = await stockedServer()
  await using _ = server
  const partner = await server.admin.partners.create.mutate({
    kind: 'supplier',
    code: 'ACME',
    name: 'Acme',
  })
  const { movements } = await server.operator.movements.post.mutate({
    partnerId: partner.id,
    reference: 'PO-7',
    note: 'two boxes\nopened',
    lines: [
      {
        type: 'incoming',
        productId: product.id,
        packagingId: product.packagings[0]!.id,
        toLocationId: bin,
        quantity: '1.5',
        reason: 'late delivery',
      },
    ],
  })
  const movement = await server.operator.movements.get.query({ id: movements[0]!.id })
  const olga = await server.operator.auth.me.query()
  expect(movement).toMatchObject({
    quantity: 216,
    packagingQuantity: '1.5',
    partnerId: partner.id,
    reference: 'PO-7',
    note: 'two boxes\nopened',
    reason: 'late delivery',
    actorId: olga.id,
    actorName: 'olga',
    line: 0,
  })
})

test('an unknown id of a movement is told as such', async () => {
  await using server = await startTestServer()
  await expect(server.operator.movements.get.query({ id: 1 })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    detail: { entity: 'movement', id: 1 },
  })
  await expect(server.operator.stock.history.query({ productId: randomUUID() })).resolves.toEqual({
    items: [],
    nextCursor: null,
  })
})
