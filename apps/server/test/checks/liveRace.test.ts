import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { createStockbookClient, type StockbookClient } from '@stockbook/client'
import { stockMovements } from '@stockbook/db'
import { isNotNull } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { startSecondServer } from '../../src/testing/secondServer.ts'
import { expectSoundBook } from '../../src/testing/soundBook.ts'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, onHand, receive } from '../../src/testing/warehouse.ts'
import { linesOf, openCheck } from './counting.ts'
import { createAisle, type Shelf } from './shelf.ts'

/** So long the movers move. A minute is as long as anybody should have to wait for more certainty. */
const seconds = Number(process.env.STOCKBOOK_RACE_SECONDS ?? 5)
const timeout = seconds * 1000 + 120_000

type Operator = StockbookClient<'operator'>

/** A warehouse of four bins with a million of one product each, and eight clients of two servers. */
async function startWarehouse() {
  const server = await startTestServer()
  const second = await startSecondServer(server)
  const { id: productId } = await makeProduct(server.admin)
  const bins = await makeBins(server.admin, 4)
  for (const bin of bins) await receive(server.operator, productId, bin, 1_000_000)
  const shelves: Shelf[] = bins.map((locationId) => ({ locationId, quantity: 1_000_000, lost: 0 }))
  const movers: Operator[] = []
  for (let index = 0; index < 8; index++) {
    const username = `mover ${index}`
    const here = await server.signInAs(username, 'operator')
    const auth = { username, password: testPassword }
    movers.push(index % 2 === 0 ? here : createStockbookClient({ url: second.url, auth }))
  }
  return {
    server,
    productId,
    shelves,
    movers,
    aisle: createAisle(shelves),
    async [Symbol.asyncDispose]() {
      await second[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

type Warehouse = Awaited<ReturnType<typeof startWarehouse>>

/** What a mover is about to do, and the shelves that they do it at. */
function chooseMove({ productId, shelves }: Warehouse) {
  const [from, to] = [shelves[randomInt(4)]!, shelves[randomInt(4)]!]
  const goods = { productId, quantity: randomInt(1, 50) }
  const { locationId } = from
  return {
    at: [from, to],
    move() {
      from.quantity -= goods.quantity
      if (from !== to) to.quantity += goods.quantity
    },
    line:
      from === to
        ? ({ ...goods, type: 'outgoing', fromLocationId: locationId } as const)
        : ({
            ...goods,
            type: 'transfer',
            fromLocationId: locationId,
            toLocationId: to.locationId,
          } as const),
  }
}

/** Counts every shelf as it is, approves that, and tells what was missing by the check and in truth. */
async function checkOnce({ server, shelves, aisle }: Warehouse) {
  const { id } = await openCheck(server)
  const missing = new Map<string, number>()
  for (const line of await linesOf(server.operator, id)) {
    const shelf = shelves.find(({ locationId }) => locationId === line.locationId)!
    await aisle.at([shelf], async () => {
      missing.set(line.id, shelf.lost)
      const { quantity } = shelf
      shelf.lost = 0
      await server.operator.checks.count.mutate({ lineId: line.id, quantity })
    })
  }
  await server.operator.checks.submit.mutate({ id })
  await server.admin.checks.approve.mutate({ id })
  return (await linesOf(server.operator, id)).map((line) => ({
    variance: line.variance,
    truth: 0 - missing.get(line.id)!,
  }))
}

/** Now and then something disappears. */
async function lose({ shelves, aisle }: Warehouse, until: number): Promise<void> {
  while (Date.now() < until) {
    const shelf = shelves[randomInt(4)]!
    await aisle.at([shelf], async () => {
      const lost = randomInt(1, 5)
      shelf.quantity -= lost
      shelf.lost += lost
    })
    await sleep(randomInt(20, 60))
  }
}

async function expectTruth({ server, productId, shelves }: Warehouse): Promise<void> {
  for (const { locationId, quantity } of shelves) {
    expect(await onHand(server.operator, productId, locationId)).toBe(quantity)
  }
  await expectSoundBook(server)
}

const movementsIn = ({ server }: { server: TestServer }) => server.db.$count(stockMovements)

test(
  'eight clients move goods while they are counted: each check finds just what was lost, and the book ends with the truth',
  async ({ annotate }) => {
    await using warehouse = await startWarehouse()
    const until = Date.now() + seconds * 1000
    const work = warehouse.movers.map(async (mover) => {
      while (Date.now() < until) {
        const { at, move, line } = chooseMove(warehouse)
        await warehouse.aisle.at(at, async () => {
          move()
          await mover.movements.post.mutate({ lines: [line] })
        })
      }
    })
    let checks = 0
    const count = async () => {
      while (Date.now() < until) {
        for (const { variance, truth } of await checkOnce(warehouse)) expect(variance).toBe(truth)
        checks++
      }
    }
    await Promise.all([...work, count(), lose(warehouse, until)])
    await checkOnce(warehouse)
    await expectTruth(warehouse)
    expect(checks).toBeGreaterThan(0)
    await annotate(`${await movementsIn(warehouse)} movements, ${checks} checks meanwhile`)
  },
  timeout,
)

test(
  'eight clients move goods and write it down later, often after a count is posted: what they bring is compensated, and the book ends with the truth',
  async ({ annotate }) => {
    await using warehouse = await startWarehouse()
    const { server, movers, aisle } = warehouse
    const until = Date.now() + seconds * 1000
    const work = movers.map(async (mover, index) => {
      const papers: Parameters<typeof mover.movements.post.mutate>[0][] = []
      const post = async () => {
        while (papers.length > 0) {
          const [paper] = papers.splice(randomInt(papers.length), 1)
          await mover.movements.post.mutate(paper!)
        }
      }
      while (Date.now() < until) {
        const { at, move, line } = chooseMove(warehouse)
        await aisle.at(at, async () => {
          move()
          papers.push({ lines: [line], occurredAt: new Date() })
        })
        await sleep(randomInt(10))
        if (papers.length > 4 * index) await post()
      }
      await post()
    })
    let checks = 0
    const count = async () => {
      while (Date.now() < until) {
        await checkOnce(warehouse)
        checks++
      }
    }
    await Promise.all([...work, count(), lose(warehouse, until)])
    const compensations = await server.db.$count(
      stockMovements,
      isNotNull(stockMovements.compensatesId),
    )
    expect(compensations).toBeGreaterThan(0)
    for (const { variance, truth } of await checkOnce(warehouse)) expect(variance).toBe(truth)
    await expectTruth(warehouse)
    await annotate(
      `${await movementsIn(warehouse)} movements, ${compensations} compensations, ${checks} checks meanwhile`,
    )
  },
  timeout,
)
