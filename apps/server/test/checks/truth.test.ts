import { randomInt } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { expectSoundBook } from '../../src/testing/soundBook.ts'
import { startTestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, onHand, receive } from '../../src/testing/warehouse.ts'
import { linesOf, openCheck } from './counting.ts'

/** A failure is replayed by putting its seed here. */
const seed = randomInt(2 ** 31)
const timeout = 180_000

test(
  'eight clients move goods while they are counted, and in the end the book has what is there',
  async () => {
    await using server = await startTestServer()
    const { admin, operator } = server
    const bins = await makeBins(admin, 4)
    const { id: productId } = await makeProduct(admin)
    for (const bin of bins) await receive(operator, productId, bin, 1_000_000)
    // Some were lost before, and nobody wrote that down.
    const physical = bins.map((_, index) => 1_000_000 - 7 * index - 3)

    // No two things happen in the same millisecond, so that what is seen has one order.
    let latest = 0
    const tick = () => new Date((latest = Math.max(latest + 1, Date.now())))
    let toMove = 320

    const mover = async () => {
      while (toMove-- > 0) {
        const [from, to, quantity] = [randomInt(4), randomInt(4), randomInt(1, 50)]
        physical[from]! -= quantity
        if (from !== to) physical[to]! += quantity
        const goods = { productId, fromLocationId: bins[from]!, quantity }
        await operator.movements.post.mutate({
          occurredAt: tick(),
          lines: [
            from === to
              ? { ...goods, type: 'outgoing' }
              : { ...goods, type: 'transfer', toLocationId: bins[to]! },
          ],
        })
      }
    }
    const counter = async () => {
      while (toMove > 0) {
        const { id } = await openCheck(server)
        for (const line of await linesOf(operator, id)) {
          const quantity = physical[bins.findIndex((bin) => bin === line.locationId)]!
          await operator.checks.count.mutate({ lineId: line.id, quantity, countedAt: tick() })
        }
        await operator.checks.submit.mutate({ id })
        await admin.checks.approve.mutate({ id })
      }
    }
    await Promise.all([...Array.from({ length: 8 }, mover), counter()])

    for (const [index, bin] of bins.entries()) {
      expect(await onHand(operator, productId, bin)).toBe(physical[index])
    }
    await expectSoundBook(server)
  },
  timeout,
)

const order = fc.nat(999)
const step = fc.record({
  kind: fc.constantFrom('in', 'out', 'move', 'lost', 'mistake'),
  bin: fc.nat(1),
  quantity: fc.integer({ min: 1, max: 9 }),
  /** When the book learns of it, and of its being a mistake. */
  order,
  undoOrder: order,
})
const check = fc.record({
  counts: fc.array(fc.record({ bin: fc.nat(1), after: fc.nat(8), order }), {
    minLength: 1,
    maxLength: 3,
  }),
  approveOrder: order,
})
const story = fc.record({
  steps: fc.array(step, { maxLength: 8 }),
  checks: fc.array(check, { maxLength: 2 }),
  final: fc.record({ orders: fc.tuple(order, order), approveOrder: order }),
  after: fc.array(step, { maxLength: 3 }),
})

test(
  `whatever is learned in whatever order, the book comes to what is there (seed ${seed})`,
  async () => {
    await using server = await startTestServer()
    const { admin, operator } = server
    const bins = await makeBins(admin, 2)
    const start = Date.now() - 86_400_000
    const minute = (number: number) => new Date(start + number * 60_000)

    await fc.assert(
      fc.asyncProperty(story, async ({ steps, checks, final, after }) => {
        const { id: productId } = await makeProduct(admin)
        for (const bin of bins) await receive(operator, productId, bin, 1000, minute(0))
        const timeline = [...steps, ...after.filter(({ kind }) => kind !== 'lost')]
        const physical = [[1000, 1000]]
        for (const { kind, bin, quantity } of timeline) {
          const next = [...physical.at(-1)!]
          if (kind === 'in') next[bin]! += quantity
          if (kind === 'out' || kind === 'move' || kind === 'lost') next[bin]! -= quantity
          if (kind === 'move') next[1 - bin]! += quantity
          physical.push(next)
        }

        const actions: { order: number; run: () => Promise<unknown> }[] = []
        for (const [index, one] of timeline.entries()) {
          if (one.kind === 'lost') continue
          const goods = { productId, quantity: one.quantity }
          const [here, there] = [bins[one.bin]!, bins[1 - one.bin]!]
          const line =
            one.kind === 'in'
              ? ({ ...goods, type: 'incoming', toLocationId: here } as const)
              : one.kind === 'move'
                ? ({
                    ...goods,
                    type: 'transfer',
                    fromLocationId: here,
                    toLocationId: there,
                  } as const)
                : ({ ...goods, type: 'outgoing', fromLocationId: here } as const)
          let movementId = 0
          actions.push({
            order: one.order,
            run: async () => {
              const occurredAt = minute(index + 1)
              const posted = await operator.movements.post.mutate({ occurredAt, lines: [line] })
              movementId = posted.movements[0]!.id
            },
          })
          if (one.kind !== 'mistake') continue
          actions.push({
            order: Math.max(one.order, one.undoOrder) + 0.1,
            run: () =>
              operator.movements.reverse.mutate({ movementIds: [movementId], reason: 'a mistake' }),
          })
        }
        const last = {
          counts: final.orders.map((one, bin) => ({ bin, after: steps.length, order: one })),
          approveOrder: final.approveOrder,
        }
        for (const [number, { counts, approveOrder }] of [...checks, last].entries()) {
          const { id } = await openCheck(server, { scope: { productIds: [productId] } })
          const lines = await linesOf(operator, id)
          for (const [index, one] of counts.entries()) {
            const time = Math.min(one.after, steps.length)
            const line = lines.find(({ locationId }) => locationId === bins[one.bin])
            actions.push({
              order: one.order,
              run: () =>
                operator.checks.count.mutate({
                  lineId: line!.id,
                  quantity: physical[time]![one.bin]!,
                  countedAt: minute(time + 0.5 + number / 20 + index / 100),
                }),
            })
          }
          actions.push({
            order: Math.max(approveOrder, ...counts.map((one) => one.order)) + 0.2,
            run: async () => {
              await operator.checks.submit.mutate({ id, skipUncounted: true })
              await admin.checks.approve.mutate({ id })
            },
          })
        }
        const inOrder = actions.toSorted((one, other) => one.order - other.order)
        for (const action of inOrder) await action.run()

        const levels = await Promise.all(bins.map((bin) => onHand(operator, productId, bin)))
        expect(levels).toEqual(physical.at(-1))
      }),
      { seed, numRuns: 25, interruptAfterTimeLimit: 60_000 },
    )
    await expectSoundBook(server)
  },
  timeout,
)
