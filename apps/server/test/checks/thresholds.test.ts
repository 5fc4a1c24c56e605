import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, receive } from '../../src/testing/warehouse.ts'
import { count, lineOf, openCheck } from './counting.ts'

let server: TestServer
let bin: string

beforeAll(async () => {
  server = await startTestServer()
  ;[bin] = await makeBins(server.admin, 1)
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

type Case = {
  expected: number
  counted: number
  unitCost?: string
  unitPrice?: string
  acceptPercent?: string
  acceptValue?: string
  recountPercent?: string
  becomes: 'accepted' | 'recount' | 'counted'
}

const money = { acceptPercent: '100', acceptValue: '20.00', recountPercent: '100' }

const cases: Record<string, Case> = {
  'what is exact is accepted, though nothing is tolerated': {
    expected: 7,
    counted: 7,
    becomes: 'accepted',
  },
  'one off is one too many where nothing is tolerated': {
    expected: 7,
    counted: 6,
    becomes: 'counted',
  },
  'a variance of just the share is accepted': {
    expected: 200,
    counted: 195,
    acceptPercent: '2.5',
    becomes: 'accepted',
  },
  'found counts like missing': {
    expected: 200,
    counted: 205,
    acceptPercent: '2.5',
    becomes: 'accepted',
  },
  'one unit more is to be counted again': {
    expected: 200,
    counted: 194,
    acceptPercent: '2.5',
    recountPercent: '3',
    becomes: 'recount',
  },
  'above the second share an administrator decides': {
    expected: 200,
    counted: 193,
    acceptPercent: '2.5',
    recountPercent: '3',
    becomes: 'counted',
  },
  'a share that no float can hold is exact': {
    expected: 1000,
    counted: 997,
    acceptPercent: '0.3',
    becomes: 'accepted',
  },
  'the ten-thousandth of a per cent is looked at': {
    expected: 1_000_000,
    counted: 999_998,
    acceptPercent: '0.0001',
    recountPercent: '0.0002',
    becomes: 'recount',
  },
  'a value of just the limit is accepted': {
    ...money,
    expected: 100,
    counted: 92,
    unitCost: '2.5',
    becomes: 'accepted',
  },
  'a value above the limit is not, however small the share': {
    ...money,
    expected: 1000,
    counted: 992,
    unitCost: '2.5001',
    becomes: 'recount',
  },
  'the cost values it, not the list price': {
    ...money,
    expected: 100,
    counted: 92,
    unitCost: '2.5',
    unitPrice: '99',
    becomes: 'accepted',
  },
  'the list price does where no cost is known': {
    ...money,
    expected: 100,
    counted: 92,
    unitPrice: '99',
    becomes: 'recount',
  },
  'a value that is not known limits nothing': {
    ...money,
    expected: 100,
    counted: 1,
    becomes: 'accepted',
  },
  'the largest quantities are compared exactly': {
    expected: 1_000_000_000_000,
    counted: 999_999_999_999,
    becomes: 'counted',
  },
  'all of it missing is a hundred per cent': {
    expected: 3,
    counted: 0,
    recountPercent: '100',
    becomes: 'recount',
  },
}

test.each(Object.entries(cases))('%s', async (_, { expected, counted, becomes, ...given }) => {
  const { admin, operator } = server
  const { unitCost = null, unitPrice = null, ...thresholds } = given
  const { id: productId } = await makeProduct(admin, { unitCost, unitPrice })
  await receive(operator, productId, bin, expected)
  const { id } = await openCheck(server, { scope: { productIds: [productId] }, ...thresholds })
  await count(operator, id, productId, counted)
  const check = await operator.checks.submit.mutate({ id })
  expect(await lineOf(operator, id, productId)).toMatchObject({ status: becomes, expected })
  expect(check).toMatchObject(
    becomes === 'recount' ? { status: 'open', round: 2 } : { status: 'review', round: 1 },
  )
})

describe('goods where nothing was expected', () => {
  async function found(quantity: number) {
    const { admin, operator } = server
    const [expected, surprising] = [await makeProduct(admin), await makeProduct(admin)]
    await receive(operator, expected.id, bin, 1)
    const { id } = await openCheck(server, {
      scope: { productIds: [expected.id] },
      acceptPercent: '999',
      acceptValue: '999',
      recountPercent: '999',
    })
    await count(operator, id, expected.id, 1)
    const added = { checkId: id, productId: surprising.id, locationId: bin }
    const line = await operator.checks.addLine.mutate(added)
    expect(line).toMatchObject({ isFound: true, status: 'to_count', expected: null })
    await operator.checks.count.mutate({ lineId: line.id, quantity })
    await operator.checks.submit.mutate({ id })
    return lineOf(operator, id, surprising.id)
  }

  test('are above every share: an administrator decides', async () => {
    expect(await found(1)).toMatchObject({
      status: 'counted',
      expected: 0,
      variance: 1,
      variancePercent: null,
    })
  })

  test('unless there were none after all', async () => {
    expect(await found(0)).toMatchObject({ status: 'accepted', expected: 0, variance: 0 })
  })
})

test('two counts that are both off are for an administrator to decide', async () => {
  const { admin, operator } = server
  const { id: productId } = await makeProduct(admin)
  await receive(operator, productId, bin, 100)
  const { id } = await openCheck(server, {
    scope: { productIds: [productId] },
    recountPercent: '10',
  })
  await count(operator, id, productId, 95)
  expect(await operator.checks.submit.mutate({ id })).toMatchObject({ round: 2 })
  await count(admin, id, productId, 94)
  expect(await admin.checks.submit.mutate({ id })).toMatchObject({ status: 'review', round: 2 })
  expect(await lineOf(operator, id, productId)).toMatchObject({ status: 'counted', variance: -6 })
})
