import { createStockbookClient, newCommandId, type StockbookClient } from '@stockbook/client'
import { commands, createDb, inventoryCheckCounts } from '@stockbook/db'
import { startTestCluster, type TestCluster } from '@stockbook/db/testing'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, receive } from '../../src/testing/warehouse.ts'
import { count, lineOf, openCheck } from '../checks/counting.ts'

let cluster: TestCluster

beforeAll(async () => {
  cluster = await startTestCluster({ synchronous_commit: 'on' })
})
afterAll(() => cluster.stop())

/** From now on each commit waits for a standby, and there is none; until it is said to be there. */
async function standbyGone({ databaseUrl }: TestServer) {
  const owner = createDb({ url: databaseUrl, maxConnections: 1 })
  await owner.execute(sql`alter system set synchronous_standby_names = 'gone'`)
  await owner.execute(sql`select pg_reload_conf()`)
  /** Resolves once a commit waits. */
  async function whenOneWaits(act = sql`true`): Promise<void> {
    for (;;) {
      const { rows } = await owner.execute<object>(sql`
        select ${act} from pg_stat_activity
        where datname = current_database() and wait_event = 'SyncRep'`)
      if (rows.length > 0) return
    }
  }
  async function standbyReturns(): Promise<void> {
    await owner.execute(sql`alter system reset synchronous_standby_names`)
    await owner.execute(sql`select pg_reload_conf()`)
  }
  return {
    whenOneWaits,
    /** Ends the wait of a commit as an impatient administrator might. */
    cutShort: () => whenOneWaits(sql`pg_cancel_backend(pid)`),
    standbyReturns,
    async [Symbol.asyncDispose]() {
      await standbyReturns()
      await owner.$client.end()
    },
  }
}

type Prepared = (client: StockbookClient<'admin'>, commandId: string) => Promise<unknown>

async function goods({ admin, operator }: TestServer) {
  const [bin] = await makeBins(admin, 1)
  const { id: productId } = await makeProduct(admin)
  const { commandId } = await receive(operator, productId, bin, 10)
  return { productId, bin, commandId }
}

const outgoing = (productId: string, fromLocationId: string, quantity: number) => ({
  lines: [{ type: 'outgoing' as const, productId, fromLocationId, quantity }],
})

/** Commands of every kind, with what each needs before. */
const kinds: Record<string, (server: TestServer) => Promise<Prepared>> = {
  async movement(server) {
    const { productId, bin } = await goods(server)
    return (client, commandId) =>
      client.movements.post.mutate({ commandId, ...outgoing(productId, bin, 4) })
  },
  async refusal(server) {
    const { productId, bin } = await goods(server)
    return (client, commandId) =>
      client.movements.post.mutate({ commandId, ...outgoing(productId, bin, 11) })
  },
  async reversal(server) {
    const { commandId: reversedCommandId } = await goods(server)
    return (client, commandId) =>
      client.movements.reverse.mutate({ commandId, reversedCommandId, reason: 'a mistake' })
  },
  async hold(server) {
    const { productId, bin } = await goods(server)
    return (client, commandId) =>
      client.reservations.hold.mutate({ commandId, productId, locationId: bin, quantity: 4 })
  },
  async release(server) {
    const { productId, bin } = await goods(server)
    const { reservation } = await server.operator.reservations.hold.mutate({
      productId,
      locationId: bin,
      quantity: 4,
    })
    return (client, commandId) =>
      client.reservations.release.mutate({ commandId, id: reservation.id })
  },
  async count(server) {
    const { productId } = await goods(server)
    const { id } = await openCheck(server, { scope: { productIds: [productId] } })
    const { id: lineId } = await lineOf(server.operator, id, productId)
    return (client, commandId) => client.checks.count.mutate({ commandId, lineId, quantity: 9 })
  },
  async approval(server) {
    const { productId } = await goods(server)
    const { id } = await openCheck(server, { scope: { productIds: [productId] } })
    await count(server.operator, id, productId, 9)
    await server.operator.checks.submit.mutate({ id })
    return (client, commandId) => client.checks.approve.mutate({ commandId, id })
  },
}

describe('a commit whose wait for the standby was cut short is not told as done, nor is its repetition:', () => {
  test.each(Object.keys(kinds))('%s', async (kind) => {
    await using server = await startTestServer(undefined, undefined, cluster.url)
    const { db, url } = server
    const call = await kinds[kind]!(server)
    const auth = { username: 'anton', password: testPassword }
    const client = await createStockbookClient({ url, auth, maxRetries: 0 }).as('admin')
    const rows = async () => (await db.$count(commands)) + (await db.$count(inventoryCheckCounts))
    const before = await rows()
    const commandId = newCommandId()

    await using gone = await standbyGone(server)
    for (let attempt = 0; attempt < 2; attempt++) {
      const told = call(client, commandId).catch((error: unknown) => error)
      await gone.cutShort()
      expect(await told).toMatchObject({ code: 'UNAVAILABLE', retryable: true })
    }
    const answered = call(client, commandId).catch((error: unknown) => error)
    await gone.whenOneWaits()
    await gone.standbyReturns()
    const answer = await answered

    if (kind === 'refusal') {
      expect(answer).toMatchObject({ code: 'INSUFFICIENT_STOCK', detail: { replayed: true } })
    } else if (kind === 'count') expect(answer).toMatchObject({ counted: 9 })
    else expect(answer).toMatchObject({ replayed: true })
    expect(await rows()).toBe(before + 1)
  })
})
