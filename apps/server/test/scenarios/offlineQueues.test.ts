import { randomInt } from 'node:crypto'
import { createStockbookClient } from '@stockbook/client'
import { createOutbox, memoryStorage } from '@stockbook/client/outbox'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { databaseContents } from '../../src/testing/databaseContents.ts'
import { expectSoundBook } from '../../src/testing/soundBook.ts'
import { startTestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, onHand, receive } from '../../src/testing/warehouse.ts'

/** A failure is replayed by putting its seed here. */
const seed = randomInt(2 ** 31)

const minuteMs = 60_000

/** What moved in a minute: what came in above zero, what went out below. */
const moved = fc.record({
  minute: fc.integer({ min: 1, max: 25 }),
  change: fc.integer({ min: -12, max: 12 }).filter((change) => change !== 0),
})
type Moved = typeof moved extends fc.Arbitrary<infer Value> ? Value : never

/** Whether the stock is nowhere below zero, minute by minute. */
function holds(book: readonly Moved[]): boolean {
  let level = 0
  const minutes = [...new Set(book.map(({ minute }) => minute))].toSorted((a, b) => a - b)
  return minutes.every((minute) => {
    for (const one of book) if (one.minute === minute) level += one.change
    return level >= 0
  })
}

test(`whatever a device did offline while others went on, each command is judged in its turn, once, and told to a person if it cannot be (seed ${seed})`, async () => {
  await using server = await startTestServer()
  const { admin, operator, db } = server
  const [bin] = await makeBins(admin, 1)
  const story = fc.record({
    onHand: fc.integer({ min: 0, max: 20 }),
    queue: fc.array(moved, { minLength: 1, maxLength: 6 }),
    online: fc.array(moved, { maxLength: 4 }),
  })
  await fc.assert(
    fc.asyncProperty(story, async (told) => {
      const nine = Date.now() - 30 * minuteMs
      const at = (minute: number) => new Date(nine + minute * minuteMs)
      const { id: productId } = await makeProduct(admin)
      const book: Moved[] = []
      const take = (one: Moved) => {
        const isFine = holds([...book, one])
        if (isFine) book.push(one)
        return isFine
      }
      const lineOf = (change: number) =>
        change > 0
          ? ({ type: 'incoming', productId, toLocationId: bin, quantity: change } as const)
          : ({ type: 'outgoing', productId, fromLocationId: bin, quantity: -change } as const)
      if (told.onHand > 0) {
        await receive(admin, productId, bin, told.onHand, at(-10))
        book.push({ minute: -10, change: told.onHand })
      }

      const storage = memoryStorage()
      let minute = 0
      const options = { storage, deviceId: 'scanner 7', now: () => at(minute) }
      const unreachable = createStockbookClient({ url: 'http://127.0.0.1:9', maxRetries: 0 })
      const offline = createOutbox(unreachable, options)
      const queue = told.queue.toSorted((one, other) => one.minute - other.minute)
      const ids: string[] = []
      for (const one of queue) {
        minute = one.minute
        const given = await offline.add('movements.post', { lines: [lineOf(one.change)] })
        ids.push(given.commandId)
      }
      await offline.close()
      const copy = await storage.change((contents) => contents)

      for (const one of told.online) {
        const post = admin.movements.post.mutate({
          occurredAt: at(one.minute),
          lines: [lineOf(one.change)],
        })
        if (take(one)) await post
        else
          await expect(post).rejects.toMatchObject({
            code: expect.stringMatching(/^INSUFFICIENT_STOCK/) as string,
          })
      }

      minute = 30
      const outcomes = queue.map((one) => (take(one) ? 'done' : 'refused'))
      const level = book.reduce((sum, { change }) => sum + change, 0)
      const send = async () => {
        const outbox = createOutbox(operator, options)
        const settled = []
        for (const id of ids) settled.push((await outbox.settled(id))?.status)
        const { refused } = outbox.state()
        await outbox.close()
        return { settled, inbox: refused.map(({ commandId }) => commandId) }
      }
      const expected = {
        settled: outcomes,
        inbox: ids.filter((_, index) => outcomes[index] === 'refused'),
      }
      expect(await send()).toEqual(expected)
      expect(await onHand(operator, productId)).toBe(level)

      const contents = await databaseContents(db)
      await storage.change(() => copy)
      expect(await send()).toEqual(expected)
      expect(await databaseContents(db)).toEqual(contents)
    }),
    { seed, numRuns: 20, interruptAfterTimeLimit: 45_000 },
  )
  await expectSoundBook(server)
}, 180_000)
