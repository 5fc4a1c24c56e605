import { inventoryCheckLines } from '@stockbook/db'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../src/testing/testServer.ts'
import { makeLocation, makeProduct, receive } from '../../src/testing/warehouse.ts'
import { linesOf, openCheck } from './counting.ts'

let server: TestServer
let checkId: string
/** Labels and SKUs in walking order. */
let inOrder: string[]

/** Labels of which one begins like another, of both cases, with other signs. */
const places = [
  { code: 'z1', pickSequence: 1 },
  { code: 'B', pickSequence: 2 },
  { code: 'a', pickSequence: null },
  { code: 'A1b', pickSequence: null },
  { code: 'a-1', pickSequence: null },
  { code: 'A1', pickSequence: null },
  { code: 'ä', pickSequence: null },
  { code: 'a!', pickSequence: 10 },
]
const skus = ['0', '1x', 'B', 'b2', 'Ж']

beforeAll(async () => {
  server = await startTestServer()
  const { admin, operator } = server
  const { id: parentId } = await makeLocation(admin, 'warehouse', null)
  const bins: { id: string; code: string; pickSequence: number | null }[] = []
  for (const one of places) {
    const made = await admin.locations.create.mutate({ kind: 'bin', name: 'x', parentId, ...one })
    bins.push({ ...one, id: made.id })
  }
  for (const sku of skus) {
    const { id } = await admin.products.create.mutate({ sku, name: sku, baseUnit: 'piece' })
    for (const bin of bins) await receive(operator, id, bin.id, 1)
  }
  await receive(operator, (await makeProduct(admin)).id, bins[0]!.id, 1)
  checkId = (await openCheck(server, { includeZero: true })).id
  const bytes = (one: string, other: string) => Buffer.compare(Buffer.from(one), Buffer.from(other))
  const lines = await server.db.select().from(inventoryCheckLines)
  const products = await admin.products.list.query({ limit: 200 })
  const skuOf = new Map(products.items.map(({ id, sku }) => [id, sku]))
  inOrder = lines
    .map(({ productId, locationId }) => ({
      sku: skuOf.get(productId)!,
      bin: bins.find(({ id }) => id === locationId)!,
    }))
    .toSorted(
      (one, other) =>
        (one.bin.pickSequence ?? Infinity) - (other.bin.pickSequence ?? Infinity) ||
        bytes(one.bin.code.toLowerCase(), other.bin.code.toLowerCase()) ||
        bytes(one.sku.toLowerCase(), other.sku.toLowerCase()),
    )
    .map(({ bin, sku }) => `${bin.code} ${sku}`)
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

const named = ({ locationCode, sku }: { locationCode: string; sku: string }) =>
  `${locationCode} ${sku}`

/** All pages of a size, one after another. */
async function walk(limit: number, direction: 'ascending' | 'descending') {
  const found: string[] = []
  let cursor: string | undefined
  do {
    const page = await server.operator.checks.lines.query({
      checkId,
      limit,
      direction,
      ...(cursor && { cursor }),
    })
    expect(page.items.length).toBeLessThanOrEqual(limit)
    found.push(...page.items.map(named))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  return found
}

test.each([1, 2, 5, 7, 200])(
  'whoever walks through %i lines at a time meets each once, in the order of the places and then of the SKUs, and back',
  async (limit) => {
    expect(inOrder).toHaveLength(places.length * skus.length + 1)
    expect(await walk(limit, 'ascending')).toEqual(inOrder)
    expect(await walk(limit, 'descending')).toEqual(inOrder.toReversed())
  },
)

test('a line that is counted, or found, while somebody walks shifts nothing', async () => {
  const { operator, admin } = server
  const first = await operator.checks.lines.query({ checkId, limit: 10 })
  const { id: productId } = await makeProduct(admin)
  const [{ locationId, id: lineId }] = first.items as [(typeof first.items)[number]]
  await operator.checks.addLine.mutate({ checkId, productId, locationId })
  await operator.checks.count.mutate({ lineId, quantity: 1 })
  const rest = await operator.checks.lines.query({
    checkId,
    limit: 200,
    cursor: first.nextCursor!,
  })
  expect([...first.items, ...rest.items].map(named)).toEqual(inOrder)
  expect(await linesOf(operator, checkId)).toHaveLength(inOrder.length + 1)
})
