import { afterEach, beforeEach, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, receive } from '../../src/testing/warehouse.ts'
import { lineOf, linesOf, openCheck } from './counting.ts'
import { type RecordedClient, recordedClient } from './recorded.ts'

/** What nobody who counts may ever read; unlikely enough to come up by chance in an id. */
const expected = 81_726_354
const countedByOther = 81_700_017
const variance = countedByOther - expected

let server: TestServer
let productId: string
let checkId: string

beforeEach(async () => {
  server = await startTestServer()
  const [bin] = await makeBins(server.admin, 1)
  productId = (await makeProduct(server.admin, { unitCost: '1' })).id
  await receive(server.admin, productId, bin, expected)
  await server.signInAs('anna', 'operator')
  await server.signInAs('boris', 'operator')
  await server.signInAs('dora', 'admin')
  const check = { isBlind: true, recountPercent: '50' }
  checkId = (await openCheck(server, check)).id
})

afterEach(async () => {
  await server[Symbol.asyncDispose]()
})

function expectNothingTold({ heads, bodies }: RecordedClient, ...alsoHidden: number[]) {
  const all = [...heads, ...bodies].join('\n')
  expect(all.length).toBeGreaterThan(1000)
  for (const hidden of [expected, Math.abs(variance), ...alsoHidden]) {
    expect(all).not.toContain(String(hidden))
  }
}

/** All that a counter can ask of the check, however it may be refused. */
async function askEverything({ client }: RecordedClient) {
  const { id: lineId } = await lineOf(client, checkId, productId)
  const { checks } = client
  const calls = [
    () => checks.list.query({}),
    () => checks.get.query({ id: checkId }),
    () => linesOf(client, checkId),
    () => checks.lines.query({ checkId, differingOnly: true }),
    ...(['to_count', 'counted', 'recount', 'accepted', 'posted', 'skipped'] as const).map(
      (status) => () => checks.lines.query({ checkId, status }),
    ),
    () => checks.count.mutate({ lineId, quantity: 7 }),
    () => checks.count.mutate({ lineId, quantity: 8, countedAt: new Date(Date.now() - 1) }),
    () => checks.count.mutate({ lineId, quantity: 8, countedAt: new Date('2999-01-01') }),
    () => checks.submit.mutate({ id: checkId, expectedVersion: 99 }),
  ]
  for (const call of calls) await call().catch(() => null)
}

test('an operator never learns what was expected, nor how far off a count was', async () => {
  const [a, b] = [recordedClient(server, 'anna'), recordedClient(server, 'boris')]
  const { id: lineId } = await lineOf(a.client, checkId, productId)
  await askEverything(a)
  await a.client.checks.count.mutate({ lineId, quantity: countedByOther })
  await askEverything(b)
  await b.client.checks.count.mutate({ lineId, quantity: countedByOther })
  expect(await b.client.checks.submit.mutate({ id: checkId })).toMatchObject({ round: 2 })
  await askEverything(a)
  // In the recount: not what the others have counted either.
  const c = recordedClient(server, 'olga')
  await askEverything(c)
  expect(await c.client.checks.submit.mutate({ id: checkId })).toMatchObject({ status: 'review' })
  for (const one of [a, b, c]) await askEverything(one)
  await server.admin.checks.approve.mutate({ id: checkId })
  for (const one of [a, b, c]) await askEverything(one)

  expectNothingTold(a)
  expectNothingTold(b)
  expectNothingTold(c, countedByOther)
})

test('nor does an administrator, as long as there is something to count', async () => {
  const dora = recordedClient(server, 'dora')
  await askEverything(dora)
  const admin = await dora.client.as('admin')
  await admin.checks.report.query({ id: checkId }).catch(() => null)
  await admin.checks.approve.mutate({ id: checkId }).catch(() => null)
  expectNothingTold(dora)

  await server.operator.checks.submit.mutate({ id: checkId, skipUncounted: true })
  // Now it does: there is nothing left to count, and somebody must decide.
  const { items } = await admin.checks.lines.query({ checkId, differingOnly: true })
  expect(items).toMatchObject([{ expected, counted: 8 }])
})

test('all that is counted looks alike to who counts blind: near enough or not', async () => {
  const { operator, admin } = server
  const [bin] = await makeBins(admin, 1)
  const other = await makeProduct(admin)
  await receive(operator, other.id, bin, 10)
  const { id } = await openCheck(server, { isBlind: true })
  for (const [product, quantity] of [
    [productId, expected],
    [other.id, 3],
  ] as const) {
    const { id: lineId } = await lineOf(operator, id, product)
    await operator.checks.count.mutate({ lineId, quantity })
  }
  await operator.checks.submit.mutate({ id })
  const statuses = async (client: typeof operator) =>
    (await linesOf(client, id)).map((line) => line.status).toSorted()
  expect(await statuses(operator)).toEqual(['counted', 'counted'])
  expect(await statuses(admin)).toEqual(['accepted', 'counted'])
  const having = async (status: 'accepted' | 'counted') =>
    (await operator.checks.lines.query({ checkId: id, status })).items.length
  expect([await having('accepted'), await having('counted')]).toEqual([0, 2])
  await expect(
    operator.checks.lines.query({ checkId: id, differingOnly: true }),
  ).rejects.toMatchObject({ code: 'WRONG_STATE' })
})

test('in a check that is not blind, who counts sees all of it', async () => {
  const { operator } = server
  const { id } = await openCheck(server, { isBlind: false })
  const { id: lineId } = await lineOf(operator, id, productId)
  const line = await operator.checks.count.mutate({ lineId, quantity: countedByOther })
  expect(line).toMatchObject({ expected, variance, counted: countedByOther })
  expect(line.counts).toHaveLength(1)
})
