import { randomInt } from 'node:crypto'
import { stockMovements } from '@stockbook/db'
import { isStockbookError, listAll } from '@stockbook/client'
import { and, eq, isNotNull, type SQLWrapper, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { expireReservations } from '../../src/features/reservations/expire.ts'
import { expectSoundBook } from '../../src/testing/soundBook.ts'
import { startTestServer } from '../../src/testing/testServer.ts'
import { makeLocation, makeProduct, receive } from '../../src/testing/warehouse.ts'
import { letRunOut } from './calls.ts'
import { expectSoundReservations } from './soundReservations.ts'

/** A failure is replayed by putting its seed here. */
const seed = randomInt(2 ** 31)
const timeout = 180_000

const bin = fc.nat(2)
const quantity = fc.integer({ min: 1, max: 6 })
const which = fc.nat(20)
/** Shipments against reservations, and their reversals, need what others have done: they are tried more. */
const more = <T>(arbitrary: fc.Arbitrary<T>) => ({ arbitrary, weight: 3 })
const step = fc.oneof(
  fc.record({ does: fc.constant('receive'), bin, quantity }),
  // The last place is the warehouse with all three bins.
  more(
    fc.record({ does: fc.constant('hold'), place: fc.constantFrom(0, 1, 2, 3, 3, 3), quantity }),
  ),
  fc.record({ does: fc.constant('ship'), bin, quantity }),
  more(fc.record({ does: fc.constant('ship against'), bin, quantity, which })),
  fc.record({ does: fc.constant('move'), bin, to: bin, quantity }),
  fc.record({ does: fc.constant('lose'), bin, quantity }),
  fc.record({ does: fc.constant('release'), which, quantity }),
  fc.record({ does: fc.constant('run out'), which }),
  more(fc.record({ does: fc.constant('take back'), which })),
)
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

type Held = { id: string; locationId: string }

/** Steps of one group are taken at the same time. */
const groups = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), {
  minLength: 5,
  maxLength: 12,
})

test(
  `whatever happens in whatever order, what is held is there or said to be short (seed ${seed})`,
  async () => {
    await using server = await startTestServer()
    const { admin, operator, db, serverDb } = server
    const { id: warehouse } = await makeLocation(admin, 'warehouse', null)
    const bins: string[] = []
    for (let index = 0; index < 3; index++) {
      bins.push((await makeLocation(admin, 'bin', warehouse)).id)
    }
    const seen = new Set<string>()

    async function take(one: Step, productId: string, held: readonly Held[]): Promise<void> {
      const goods = { productId, quantity: 'quantity' in one ? one.quantity : 1 }
      const at = 'bin' in one ? bins[one.bin]! : warehouse
      const reservation = 'which' in one ? held[one.which % held.length] : null
      if (reservation === undefined) return
      const reservationId = reservation?.id ?? null
      const post = (line: Parameters<typeof operator.movements.post.mutate>[0]['lines'][number]) =>
        operator.movements.post.mutate({ lines: [line] })
      const out = { type: 'outgoing' as const, ...goods, fromLocationId: at }
      switch (one.does) {
        case 'receive':
          await post({ type: 'incoming', ...goods, toLocationId: at })
          break
        case 'hold': {
          const locationId = 'place' in one ? (bins[one.place] ?? warehouse) : warehouse
          await operator.reservations.hold.mutate({ ...goods, locationId })
          break
        }
        case 'ship':
          await post(out)
          break
        case 'ship against': {
          const fromLocationId = bins.find((bin) => bin === reservation?.locationId) ?? at
          await post({ ...out, fromLocationId, reservationId })
          break
        }
        case 'move': {
          const toLocationId = 'to' in one ? bins[one.to]! : at
          if (toLocationId === at) return
          await post({ type: 'transfer', ...goods, fromLocationId: at, toLocationId })
          break
        }
        case 'lose':
          await post({ type: 'adjustment', ...goods, fromLocationId: at, reason: 'lost' })
          break
        case 'release':
          await operator.reservations.release.mutate({
            id: reservationId!,
            quantity: goods.quantity,
          })
          break
        case 'take back': {
          const shippedAgainst = await db
            .select({ id: stockMovements.id })
            .from(stockMovements)
            .where(
              and(
                eq(stockMovements.productId, productId),
                isNotNull(stockMovements.reservationId),
                notReversed(stockMovements.id),
              ),
            )
            .orderBy(stockMovements.id)
          const shipped = shippedAgainst['which' in one ? one.which % shippedAgainst.length : 0]
          if (shipped === undefined) return
          await operator.movements.reverse.mutate({ movementIds: [shipped.id], reason: 'no' })
          break
        }
        case 'run out':
          await letRunOut(db, reservationId!)
          await expireReservations(serverDb)
          break
      }
      seen.add(one.does)
    }

    await fc.assert(
      fc.asyncProperty(groups, async (all) => {
        const { id: productId } = await makeProduct(admin)
        for (const bin of bins) await receive(operator, productId, bin, 5)
        for (const group of all) {
          const held: Held[] = []
          for await (const one of listAll(operator.reservations.list, { productId })) held.push(one)
          const results = await Promise.allSettled(group.map((one) => take(one, productId, held)))
          for (const result of results) {
            if (result.status === 'fulfilled') continue
            if (!isStockbookError(result.reason)) throw result.reason
            seen.add(result.reason.code)
          }
          await expectSoundReservations(server)
          const told = await operator.stock.explain.query({ productId })
          expect(told.available).toBe(told.onHand - (told.held - told.short))
          expect(told.available).toBeGreaterThanOrEqual(0)
          for await (const one of listAll(operator.reservations.list, {
            productId,
            openOnly: true,
          })) {
            const shortNow = told.reservations.find(({ id }) => id === one.id)?.short
            expect({ id: one.id, short: one.short }).toEqual({ id: one.id, short: shortNow })
          }
        }
      }),
      { seed, numRuns: 30, interruptAfterTimeLimit: 60_000 },
    )
    await expectSoundBook(server)
    // Otherwise soundness would prove little.
    expect([...seen]).toEqual(
      expect.arrayContaining([
        'receive',
        'hold',
        'ship',
        'ship against',
        'move',
        'lose',
        'release',
        'run out',
        'take back',
        'INSUFFICIENT_STOCK',
        'RESERVATION_EXCEEDED',
      ]),
    )
  },
  timeout,
)

const notReversed = (id: SQLWrapper) =>
  sql`not exists (select from stock_movements back where back.reverses_id = ${id})`
