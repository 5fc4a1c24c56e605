import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { expectSoundBook } from '../../src/testing/soundBook.ts'
import { startTestServer, type TestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeLot, makeProduct, onHand, receive } from '../../src/testing/warehouse.ts'
import { changeOf, count, lineOf, openCheck, submitAndApprove } from './counting.ts'

const november = (day: number, hour = 9) => new Date(Date.UTC(2025, 10, day, hour))

let server: TestServer
let bin: string
let otherBin: string
let productId: string

beforeEach(async () => {
  server = await startTestServer()
  ;[bin, otherBin] = await makeBins(server.admin, 2)
  productId = (await makeProduct(server.admin)).id
  await receive(server.operator, productId, bin, 98, november(1))
})

afterEach(async () => {
  await expectSoundBook(server)
  await server[Symbol.asyncDispose]()
})

type Line = Parameters<TestServer['operator']['movements']['post']['mutate']>[0]['lines'][number]

const incoming = (quantity: number, toLocationId = bin): Line => ({
  type: 'incoming',
  productId,
  toLocationId,
  quantity,
})

const outgoing = (quantity: number): Line => ({
  type: 'outgoing',
  productId,
  fromLocationId: bin,
  quantity,
})

/** Posts one line as of a day. */
const post = (line: Line, occurredAt: Date, more: { wasCounted?: boolean } = {}) =>
  server.operator.movements.post.mutate({ occurredAt, lines: [line], ...more })

/** A check in which the product was counted on a day, posted. */
async function counted(quantity: number, at: Date) {
  const { id } = await openCheck(server)
  await count(server.operator, id, productId, quantity, at)
  await submitAndApprove(server, id)
  return id
}

/** What a command brought to the places of its lines, in the order of the book. */
const changesOf = ({ movements }: Awaited<ReturnType<typeof post>>) => movements.map(changeOf)

describe('what is learned of late and happened before a posted count', () => {
  test('is compensated at the first such count, whatever was counted later', async () => {
    await counted(103, november(12))
    await counted(100, november(14))
    const late = await post(incoming(5), november(11))
    const [, compensation] = late.movements
    expect(await server.operator.movements.get.query({ id: compensation!.id })).toMatchObject({
      occurredAt: november(12),
    })
    expect(changesOf(late)).toEqual([5, -5])
    expect(changesOf(await post(incoming(7), november(13)))).toEqual([7, -7])
    expect(changesOf(await post(incoming(9), november(14, 10)))).toEqual([9])
    expect(await onHand(server.operator, productId)).toBe(109)
  })

  test('may ship what is not there any more: only the net effect must be', async () => {
    await counted(0, november(12))
    expect(await onHand(server.operator, productId)).toBe(0)
    expect(changesOf(await post(outgoing(98), november(11)))).toEqual([-98, 98])
    expect(await onHand(server.operator, productId)).toBe(0)
    await expect(post(outgoing(1), november(13))).rejects.toMatchObject({
      code: 'INSUFFICIENT_STOCK',
    })
  })

  test('is compensated on both sides of a transfer, each by its own count', async () => {
    await receive(server.operator, productId, otherBin, 10, november(1))
    const { id } = await openCheck(server)
    const { items } = await server.operator.checks.lines.query({ checkId: id })
    for (const [locationId, quantity, day] of [
      [bin, 90, 12],
      [otherBin, 20, 13],
    ] as const) {
      const line = items.find((one) => one.locationId === locationId)
      await server.operator.checks.count.mutate({
        lineId: line!.id,
        quantity,
        countedAt: november(day),
      })
    }
    await submitAndApprove(server, id)
    const late = await post(
      { type: 'transfer', productId, fromLocationId: bin, toLocationId: otherBin, quantity: 8 },
      november(11),
    )
    const { items: written } = await server.operator.movements.list.query({
      commandId: late.commandId,
      direction: 'ascending',
    })
    expect(written).toMatchObject([
      { type: 'transfer' },
      { type: 'adjustment', toLocationId: bin, quantity: 8, occurredAt: november(12) },
      { type: 'adjustment', fromLocationId: otherBin, quantity: 8, occurredAt: november(13) },
    ])
    expect(written.map(({ compensatesId }) => compensatesId)).toEqual([
      null,
      written[0]!.id,
      written[0]!.id,
    ])
    expect(await onHand(server.operator, productId, bin)).toBe(90)
    expect(await onHand(server.operator, productId, otherBin)).toBe(20)
  })

  test('is not compensated when who posts it says that the count had not seen it', async () => {
    await counted(103, november(12))
    const late = await post(incoming(5), november(11), { wasCounted: false })
    expect(changesOf(late)).toEqual([5])
    expect(await onHand(server.operator, productId)).toBe(108)
    // Taking it back is as if it had never been: the count had not seen it, so it stays right.
    const [movement] = late.movements
    const reversal = await server.operator.movements.reverse.mutate({
      movementIds: [movement!.id],
      reason: 'a mistake',
    })
    expect(changesOf(reversal)).toEqual([-5])
    expect(await onHand(server.operator, productId)).toBe(103)
  })
})

describe('what a posted count has nothing to do with is left as it is:', () => {
  test('what happened after it, elsewhere, or to other goods', async () => {
    const { admin, operator } = server
    await receive(operator, productId, otherBin, 10, november(1))
    const tracked = await makeProduct(admin, { tracking: 'lot' })
    const [lot, otherLot] = [await makeLot(admin, tracked.id), await makeLot(admin, tracked.id)]
    const lotLine = (lotId: string) =>
      ({ type: 'incoming', productId: tracked.id, lotId, toLocationId: bin, quantity: 1 }) as const
    await post(lotLine(lot.id), november(1))
    const { id } = await openCheck(server, { scope: { locationIds: [bin] } })
    for (const product of [productId, tracked.id]) {
      await count(operator, id, product, 1, november(12))
    }
    await submitAndApprove(server, id)

    expect(changesOf(await post(incoming(5), november(12, 10)))).toEqual([5])
    expect(changesOf(await post(incoming(5, otherBin), november(11)))).toEqual([5])
    expect(changesOf(await post(lotLine(otherLot.id), november(11)))).toEqual([1])
    expect(changesOf(await post(lotLine(lot.id), november(11)))).toEqual([1, -1])
  })

  test('a count that was cancelled, is not posted, or was taken back', async () => {
    const { admin, operator } = server
    const cancelled = await openCheck(server)
    await count(operator, cancelled.id, productId, 50, november(12))
    await admin.checks.cancel.mutate({ id: cancelled.id, reason: 'the wrong shelf' })
    const open = await openCheck(server)
    await count(operator, open.id, productId, 50, november(12))
    expect(changesOf(await post(incoming(5), november(11)))).toEqual([5])

    const takenBack = await counted(50, november(13))
    const { commandId } = await admin.checks.get.query({ id: takenBack })
    await operator.movements.reverse.mutate({
      reversedCommandId: commandId!,
      reason: 'counted the wrong shelf',
    })
    expect(await onHand(operator, productId)).toBe(103)
    expect(changesOf(await post(incoming(2), november(11)))).toEqual([2])
    expect(await onHand(operator, productId)).toBe(105)
  })
})

describe('a check that is not posted yet', () => {
  test('expects what is learned of late, as if it had been known at the count', async () => {
    const { operator } = server
    const { id } = await openCheck(server)
    expect(await count(operator, id, productId, 103, november(12))).toMatchObject({ expected: 98 })
    await post(incoming(5), november(11))
    await post(outgoing(1), november(13))
    expect(await lineOf(operator, id, productId)).toMatchObject({
      expected: 103,
      variance: 0,
      movedSince: 1,
    })
    await submitAndApprove(server, id)
    expect(await onHand(operator, productId)).toBe(102)
  })

  test('does not expect it when who posts it says that the count had not seen it', async () => {
    const { operator } = server
    const { id } = await openCheck(server)
    await count(operator, id, productId, 103, november(12))
    await post(incoming(5), november(11), { wasCounted: false })
    expect(await lineOf(operator, id, productId)).toMatchObject({ expected: 98, variance: 5 })
    await submitAndApprove(server, id)
    expect(await onHand(operator, productId)).toBe(108)
  })

  test('is right in whichever order two checks of the same goods are approved', async () => {
    const { admin, operator } = server
    const [one, two] = [await openCheck(server), await openCheck(server)]
    await count(operator, one.id, productId, 95, november(12))
    await count(operator, two.id, productId, 95, november(13))
    await submitAndApprove(server, two.id)
    expect(await onHand(operator, productId)).toBe(95)
    await operator.checks.submit.mutate({ id: one.id })
    expect(await admin.checks.approve.mutate({ id: one.id })).toMatchObject({ adjustments: 1 })
    expect(await onHand(operator, productId)).toBe(95)
  })
})

describe('taking back what was counted', () => {
  const takeBack = (...movementIds: number[]) =>
    server.operator.movements.reverse.mutate({ movementIds, reason: 'it never came' })

  test('a late movement is taken back with its compensation, alone or with its command', async () => {
    await counted(103, november(12))
    const late = await post(incoming(5), november(11))
    expect(changesOf(await takeBack(late.movements[0]!.id))).toEqual([-5, 5])
    expect(await onHand(server.operator, productId)).toBe(103)

    const again = await post(incoming(6), november(11))
    const whole = await server.operator.movements.reverse.mutate({
      reversedCommandId: again.commandId,
      reason: 'it never came',
    })
    expect(whole.movements.map(({ reversesId }) => reversesId)).toEqual(
      again.movements.map(({ id }) => id),
    )
    expect(await onHand(server.operator, productId)).toBe(103)
  })

  test('a movement that the count had seen is taken back without changing the count', async () => {
    const wrong = await post(incoming(100), november(5))
    await counted(98, november(12))
    expect(await onHand(server.operator, productId)).toBe(98)
    expect(changesOf(await takeBack(wrong.movements[0]!.id))).toEqual([-100, 100])
    expect(await onHand(server.operator, productId)).toBe(98)
  })

  test('nor does it in a check that is not posted yet', async () => {
    const { operator } = server
    const wrong = await post(incoming(100), november(5))
    const { id } = await openCheck(server)
    expect(await count(operator, id, productId, 97, november(12))).toMatchObject({ variance: -101 })
    expect(changesOf(await takeBack(wrong.movements[0]!.id))).toEqual([-100])
    expect(await lineOf(operator, id, productId)).toMatchObject({ expected: 98, variance: -1 })
    await submitAndApprove(server, id)
    expect(await onHand(operator, productId)).toBe(97)
  })

  test('only what was taken back once stays taken back: the compensation too', async () => {
    await counted(103, november(12))
    const [late, compensation] = (await post(incoming(5), november(11))).movements
    // "The count had not seen it after all."
    expect(changesOf(await takeBack(compensation!.id))).toEqual([5])
    expect(await onHand(server.operator, productId)).toBe(108)
    expect(changesOf(await takeBack(late!.id))).toEqual([-5])
    expect(await onHand(server.operator, productId)).toBe(103)
    await expect(takeBack(compensation!.id)).rejects.toMatchObject({ code: 'ALREADY_REVERSED' })
  })
})
