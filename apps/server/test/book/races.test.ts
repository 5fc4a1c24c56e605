import { isStockbookError, newCommandId, type StockbookClient } from '@stockbook/client'
import { commands, stockMovements } from '@stockbook/db'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { startSecondServer } from '../../src/testing/secondServer.ts'
import { expectSoundBook } from '../../src/testing/soundBook.ts'
import { startTestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, onHand, receive } from '../../src/testing/warehouse.ts'

type Operator = StockbookClient<'operator'>

const times = <T>(count: number, work: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => work(index))

/** The codes of the refusals, in order; anything that is not a refusal fails the test. */
async function refusalCodes(work: readonly Promise<unknown>[]): Promise<string[]> {
  const results = await Promise.allSettled(work)
  return results.flatMap((result) => {
    if (result.status === 'fulfilled') return []
    if (!isStockbookError(result.reason)) throw result.reason
    return [result.reason.code]
  })
}

const ship = (client: Operator, productId: string, fromLocationId: string, quantity = 1) =>
  client.movements.post.mutate({
    lines: [{ type: 'outgoing', productId, fromLocationId, quantity }],
  })

const move = (client: Operator, productId: string, fromLocationId: string, toLocationId: string) =>
  client.movements.post.mutate({
    lines: [{ type: 'transfer', productId, fromLocationId, toLocationId, quantity: 1 }],
  })

test('thirty pickers race for ten pieces: ten win, twenty learn why', async () => {
  await using server = await startTestServer()
  const [bin] = await makeBins(server.admin, 1)
  const { id: productId } = await makeProduct(server.admin)
  await receive(server.operator, productId, bin, 10)
  const codes = await refusalCodes(times(30, () => ship(server.operator, productId, bin)))
  expect(codes).toEqual(times(20, () => 'INSUFFICIENT_STOCK'))
  expect(await server.db.$count(stockMovements, eq(stockMovements.fromLocationId, bin))).toBe(10)
  expect(await server.db.$count(commands, eq(commands.outcome, 'refused'))).toBe(20)
  expect(await onHand(server.operator, productId)).toBe(0)
  await expectSoundBook(server)
})

test('sixty transfers in opposite directions all succeed', async () => {
  await using server = await startTestServer()
  const [here, there] = await makeBins(server.admin, 2)
  const { id: productId } = await makeProduct(server.admin)
  await receive(server.operator, productId, here, 40)
  await receive(server.operator, productId, there, 40)
  await Promise.all(
    times(60, (index) =>
      index % 2 === 0
        ? move(server.operator, productId, here, there)
        : move(server.operator, productId, there, here),
    ),
  )
  expect(await onHand(server.operator, productId, here)).toBe(40)
  expect(await onHand(server.operator, productId, there)).toBe(40)
  await expectSoundBook(server)
})

test('fifty first movements of one product in one bin make one level', async () => {
  await using server = await startTestServer()
  const [bin] = await makeBins(server.admin, 1)
  const { id: productId } = await makeProduct(server.admin)
  await Promise.all(times(50, () => receive(server.operator, productId, bin, 2)))
  const { items } = await server.operator.stock.levels.query({ productId })
  expect(items.map((level) => level.onHand)).toEqual([100])
  await expectSoundBook(server)
})

test('fifty sends of one command at once: one works, all have its answer', async () => {
  await using server = await startTestServer()
  const [bin] = await makeBins(server.admin, 1)
  const { id: productId } = await makeProduct(server.admin)
  const commandId = newCommandId()
  const answers = await Promise.all(
    times(50, () =>
      server.operator.movements.post.mutate({
        commandId,
        lines: [{ type: 'incoming', productId, toLocationId: bin, quantity: 3 }],
      }),
    ),
  )
  expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1)
  const contents = answers.map((answer) => ({ ...answer, replayed: null }))
  expect(contents).toEqual(times(50, () => contents[0]))
  expect(await server.db.$count(stockMovements)).toBe(1)
  expect(await onHand(server.operator, productId)).toBe(3)
  await expectSoundBook(server)
})

test('fifty sends of one command that cannot be: it is refused once, and all learn the same', async () => {
  await using server = await startTestServer()
  const [bin] = await makeBins(server.admin, 1)
  const { id: productId } = await makeProduct(server.admin)
  const commandId = newCommandId()
  const lines = [{ type: 'outgoing' as const, productId, fromLocationId: bin, quantity: 1 }]
  const results = await Promise.allSettled(
    times(50, () => server.operator.movements.post.mutate({ commandId, lines })),
  )
  const details = results.map((result) =>
    result.status === 'rejected' ? { code: result.reason.code, ...result.reason.detail } : null,
  )
  expect(details.filter((detail) => !detail?.replayed)).toHaveLength(1)
  for (const detail of details) {
    expect(detail).toMatchObject({ code: 'INSUFFICIENT_STOCK', available: 0, requested: 1 })
  }
  expect(await server.db.$count(commands)).toBe(1)
})

test('one id, two contents at once: one is posted, the other refused', async () => {
  await using server = await startTestServer()
  const [bin] = await makeBins(server.admin, 1)
  const { id: productId } = await makeProduct(server.admin)
  const commandId = newCommandId()
  const codes = await refusalCodes(
    times(20, (index) =>
      server.operator.movements.post.mutate({
        commandId,
        lines: [{ type: 'incoming', productId, toLocationId: bin, quantity: 1 + (index % 2) }],
      }),
    ),
  )
  expect(codes).toEqual(times(10, () => 'COMMAND_ID_REUSED'))
  expect(await server.db.$count(stockMovements)).toBe(1)
})

test('twenty people take the same movement back at once: it is taken back once', async () => {
  await using server = await startTestServer()
  const [bin] = await makeBins(server.admin, 1)
  const { id: productId } = await makeProduct(server.admin)
  await receive(server.operator, productId, bin, 100)
  const { movements } = await receive(server.operator, productId, bin, 4)
  const movementId = movements[0]!.id
  const codes = await refusalCodes(
    times(20, () =>
      server.operator.movements.reverse.mutate({ movementIds: [movementId], reason: 'a mistake' }),
    ),
  )
  expect(codes).toEqual(times(19, () => 'ALREADY_REVERSED'))
  expect(await onHand(server.operator, productId)).toBe(100)
  await expectSoundBook(server)
})

test('commands over the same products, each in another order, all succeed', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const [from, to] = await makeBins(admin, 2)
  const products: string[] = []
  for (let index = 0; index < 6; index++) {
    const { id } = await makeProduct(admin)
    products.push(id)
    await receive(operator, id, from, 30)
  }
  await Promise.all(
    times(30, (index) => {
      const rotated = [...products.slice(index % 6), ...products.slice(0, index % 6)]
      const ordered = index % 2 === 0 ? rotated : rotated.toReversed()
      return operator.movements.post.mutate({
        lines: ordered.map((productId) => ({
          type: 'transfer',
          productId,
          fromLocationId: from,
          toLocationId: to,
          quantity: 1,
        })),
      })
    }),
  )
  for (const productId of products) {
    expect(await onHand(operator, productId, from)).toBe(0)
    expect(await onHand(operator, productId, to)).toBe(30)
  }
  await expectSoundBook(server)
})

test('a product that is archived while it is received ends in use or empty', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const [bin] = await makeBins(admin, 1)
  for (let round = 0; round < 10; round++) {
    const { id } = await makeProduct(admin)
    const codes = await refusalCodes([
      receive(operator, id, bin, 1),
      admin.products.archive.mutate({ id }),
      receive(operator, id, bin, 1),
      receive(operator, id, bin, 1),
    ])
    const { archivedAt } = await operator.products.get.query({ id })
    expect(await onHand(operator, id)).toBe(archivedAt ? 0 : 3)
    expect(codes).toEqual(archivedAt ? times(3, () => 'ARCHIVED') : ['IN_USE'])
  }
  await expectSoundBook(server)
})

test('a bin that is archived while goods come, or come back, ends in use or empty', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const { id: productId } = await makeProduct(admin)
  for (let round = 0; round < 10; round++) {
    const [bin, source] = await makeBins(admin, 2)
    await receive(operator, productId, source, 1)
    await receive(operator, productId, bin, 1)
    const { movements } = await ship(operator, productId, bin)
    const codes = await refusalCodes([
      operator.movements.reverse.mutate({ movementIds: [movements[0]!.id], reason: 'came back' }),
      admin.locations.archive.mutate({ id: bin }),
      move(operator, productId, source, bin),
    ])
    const { archivedAt } = await operator.locations.get.query({ id: bin })
    expect(await onHand(operator, productId, bin)).toBe(archivedAt ? 0 : 2)
    expect(codes).toEqual(archivedAt ? ['ARCHIVED', 'ARCHIVED'] : ['IN_USE'])
  }
  await expectSoundBook(server)
})

test('a product whose tracking changes while it is received keeps one tracking for all its past', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const [bin] = await makeBins(admin, 1)
  for (let round = 0; round < 10; round++) {
    const { id } = await makeProduct(admin)
    const codes = await refusalCodes([
      receive(operator, id, bin, 1),
      admin.products.update.mutate({ id, tracking: 'lot' }),
      receive(operator, id, bin, 1),
    ])
    const { tracking } = await operator.products.get.query({ id })
    expect(codes).toEqual(tracking === 'lot' ? ['LOT_REQUIRED', 'LOT_REQUIRED'] : ['IN_USE'])
    expect(await onHand(operator, id)).toBe(tracking === 'lot' ? 0 : 2)
  }
  await expectSoundBook(server)
})

test('two servers on one database keep the book together', async () => {
  await using server = await startTestServer()
  await using second = await startSecondServer(server)
  const both = [server.operator, second.operator]
  const [bin, other] = await makeBins(server.admin, 2)
  const { id: scarce } = await makeProduct(server.admin)
  const { id: plenty } = await makeProduct(server.admin)
  await receive(server.operator, scarce, bin, 10)
  await receive(server.operator, plenty, bin, 20)
  await receive(second.operator, plenty, other, 20)
  const commandId = newCommandId()

  const [pickers, transfers, repeats] = await Promise.all([
    refusalCodes(times(24, (index) => ship(both[index % 2]!, scarce, bin))),
    refusalCodes(
      times(24, (index) =>
        index % 4 < 2
          ? move(both[index % 2]!, plenty, bin, other)
          : move(both[index % 2]!, plenty, other, bin),
      ),
    ),
    Promise.all(
      times(24, (index) =>
        both[index % 2]!.movements.post.mutate({
          commandId,
          lines: [{ type: 'incoming', productId: plenty, toLocationId: bin, quantity: 7 }],
        }),
      ),
    ),
  ])
  expect(pickers).toEqual(times(14, () => 'INSUFFICIENT_STOCK'))
  expect(transfers).toEqual([])
  expect(repeats.filter(({ replayed }) => !replayed)).toHaveLength(1)
  expect(new Set(repeats.map(({ movements }) => movements[0]!.id)).size).toBe(1)
  expect(await onHand(second.operator, scarce)).toBe(0)
  expect(await onHand(second.operator, plenty, bin)).toBe(27)
  expect(await onHand(second.operator, plenty, other)).toBe(20)
  await expectSoundBook(server)
})
