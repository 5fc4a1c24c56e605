import { randomInt } from 'node:crypto'
import { listAll, newCommandId } from '@stockbook/client'
import { commands, stockMovements } from '@stockbook/db'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { expectSoundBook } from '../../src/testing/soundBook.ts'
import { startTestServer, type TestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeLot, makeProduct } from '../../src/testing/warehouse.ts'
import {
  binCount,
  type DeliveredLine,
  isTracked,
  lotsPerProduct,
  packagings,
  productCount,
  purchaseOrders,
  type PurchaseOrder,
} from './purchaseOrderSet.ts'

/** A failure is replayed by putting its seed here. */
const seed = randomInt(2 ** 31)
const clerks = 8
const dayMs = 86_400_000

async function makeMasterData({ admin, operator }: TestServer) {
  const bins = await makeBins(admin, binCount)
  const products: Awaited<ReturnType<typeof makeProduct>>[] = []
  const lots: string[][] = []
  for (let product = 0; product < productCount; product++) {
    const made = await makeProduct(admin, {
      tracking: isTracked(product) ? 'lot' : 'none',
      packagings: packagings.flatMap((one) => one ?? []),
    })
    products.push(made)
    lots.push([])
    for (let lot = 0; isTracked(product) && lot < lotsPerProduct; lot++) {
      lots[product]!.push((await makeLot(operator, made.id)).id)
    }
  }
  const suppliers: string[] = []
  for (let supplier = 0; supplier < 8; supplier++) {
    const fields = {
      kind: 'supplier',
      code: `S-${supplier}`,
      name: `Supplier ${supplier}`,
    } as const
    suppliers.push((await admin.partners.create.mutate(fields)).id)
  }
  return { bins, products, lots, suppliers }
}

type MasterData = Awaited<ReturnType<typeof makeMasterData>>

/** The goods and the place of a line, as ids. */
function keyOf({ bins, products, lots }: MasterData, { product, lot, bin }: DeliveredLine) {
  return {
    productId: products[product]!.id,
    lotId: lots[product]![lot] ?? null,
    toLocationId: bins[bin]!,
  }
}

test(`thousands of delivered lines, in parts, lots and packagings, some sent twice and some written down wrong, come to what was delivered (seed ${seed})`, async () => {
  await using server = await startTestServer()
  const { admin, operator, db } = server
  const master = await makeMasterData(server)
  const orders = purchaseOrders(seed, 200)
  const begun = Date.now() - 400 * dayMs
  const on = (day: number) => new Date(begun + day * dayMs)
  const expected = new Map<string, number>()
  const bySupplier = new Map<string, number>()
  const counts = { lines: 0, commands: 0, mistakes: 0 }

  async function receive(
    { number, supplier }: PurchaseOrder,
    { day, lines, mistake, sent }: PurchaseOrder['deliveries'][number],
  ) {
    const partnerId = master.suppliers[supplier]!
    const about = { partnerId, reference: `PO-${number}`, occurredAt: on(day) }
    const lineOf = (one: DeliveredLine) => ({
      ...keyOf(master, one),
      type: 'incoming' as const,
      quantity: one.packaging ? one.quantity : one.units,
      packagingId:
        master.products[one.product]!.packagings.find(({ name }) => name === one.packaging?.name)
          ?.id ?? null,
    })
    const right = lines.map(lineOf)
    const written = right.map((line, index) =>
      index === mistake?.line ? { ...line, packagingId: null, quantity: mistake.units } : line,
    )
    const command = { ...about, commandId: newCommandId(), lines: written }
    const answers = await Promise.all(
      Array.from({ length: sent }, () => operator.movements.post.mutate(command)),
    )
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1)
    const [{ movements }] = answers as [(typeof answers)[number]]
    for (const answer of answers) expect(answer.movements).toEqual(movements)
    expect(movements.map(({ quantity }) => quantity)).toEqual(
      lines.map(({ units }, index) => (index === mistake?.line ? mistake.units : units)),
    )
    counts.lines += lines.length
    counts.commands++
    for (const one of lines) {
      const { productId, lotId, toLocationId } = keyOf(master, one)
      const key = `${productId} ${toLocationId} ${lotId}`
      expected.set(key, (expected.get(key) ?? 0) + one.units)
      bySupplier.set(partnerId, (bySupplier.get(partnerId) ?? 0) + one.units)
    }
    if (!mistake) return
    counts.lines += 2
    counts.commands++
    counts.mistakes++
    const wrong = movements[mistake.line]!
    const { movements: corrected } = await operator.movements.post.mutate({
      ...about,
      lines: [{ type: 'reversal', movementId: wrong.id }, right[mistake.line]!],
    })
    expect(corrected[0]).toMatchObject({ reversesId: wrong.id, quantity: mistake.units })
    const again = { lines: [{ type: 'reversal' as const, movementId: wrong.id }] }
    await expect(operator.movements.post.mutate(again)).rejects.toMatchObject({
      code: 'ALREADY_REVERSED',
    })
  }

  const waiting = orders.flatMap((order) =>
    order.deliveries.map((delivery) => ({ order, delivery })),
  )
  const clerk = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      await receive(next.order, next.delivery)
    }
  }
  await Promise.all(Array.from({ length: clerks }, clerk))

  expect(counts.lines).toBeGreaterThan(2_000)
  expect(counts.mistakes).toBeGreaterThan(10)
  expect(await db.$count(stockMovements)).toBe(counts.lines)
  const levels = new Map<string, number>()
  for await (const level of listAll(operator.stock.levels, {})) {
    levels.set(`${level.productId} ${level.locationId} ${level.lotId}`, level.onHand)
  }
  expect(levels).toEqual(expected)

  // By supplier, as it is asked when an invoice comes: what was taken back is taken off.
  const received = new Map<string, number>()
  for (const partnerId of master.suppliers) {
    for await (const one of listAll(operator.movements.list, { partnerId })) {
      const units = one.reversesId === null ? one.quantity : -one.quantity
      received.set(partnerId, (received.get(partnerId) ?? 0) + units)
    }
  }
  expect(received).toEqual(bySupplier)

  // At a day in the middle: what had been delivered by then.
  const then = new Map<string, number>()
  for (const { day, lines } of orders.flatMap(({ deliveries }) => deliveries)) {
    if (day > 150) continue
    for (const one of lines) {
      const { productId } = keyOf(master, one)
      then.set(productId, (then.get(productId) ?? 0) + one.units)
    }
  }
  const asOf = new Map<string, number>()
  for await (const { productId, onHand } of listAll(operator.stock.asOf, { at: on(150) })) {
    if (onHand > 0) asOf.set(productId, (asOf.get(productId) ?? 0) + onHand)
  }
  expect(asOf).toEqual(then)

  const period = { from: on(0), before: on(1_000), by: 'month' } as const
  let arrived = 0
  for await (const month of listAll(operator.reports.movementSummary, period)) {
    arrived += month.incoming - month.outgoing
  }
  expect(arrived).toBe([...bySupplier.values()].reduce((sum, units) => sum + units, 0))
  expect(await db.$count(commands, eq(commands.outcome, 'posted'))).toBe(counts.commands)
  expect(await admin.audit.verify.query()).toMatchObject({ ok: true })
  await expectSoundBook(server)
}, 240_000)
