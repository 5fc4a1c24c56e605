import { createStockbookClient } from '@stockbook/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, receive } from '../../src/testing/warehouse.ts'

let server: TestServer
let categoryId: string

const names = [
  '=1+1',
  '+7',
  '-2+3',
  '@SUM(A1)',
  'Tea, "green"',
  "it's",
  'Чай; зелёный',
  'plain',
  '＝2+2',
]

beforeAll(async () => {
  server = await startTestServer()
  const { admin } = server
  categoryId = (await admin.categories.create.mutate({ name: 'listed' })).id
  for (const [index, name] of names.entries()) {
    await admin.products.create.mutate({
      sku: `S-${index}`,
      name,
      baseUnit: 'piece',
      categoryId,
      reorderPoint: 10,
      unitCost: '0.5',
    })
  }
  await makeProduct(admin, { name: 'not listed', reorderPoint: 10 })
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

const textOf = async (response: Promise<Response>) => (await response).text()
const header =
  'productId,sku,productName,baseUnit,supplierId,supplierName,onHand,available,reorderPoint,minimumStock,maximumStock,suggestedOrder'

test('a report as a file has all its rows and no other, with formulas disarmed and numbers left alone', async () => {
  const [bin] = await makeBins(server.admin, 1)
  const { items } = await server.operator.products.list.query({ categoryId, sort: 'sku' })
  await receive(server.operator, items[7]!.id, bin, 4)
  const text = await textOf(server.operator.reports.lowStock.csv({ categoryId, sort: 'sku' }))
  const lines = text.trimEnd().split('\r\n')
  expect(lines[0]).toBe(header)
  const cells = [
    `'=1+1`,
    `'+7`,
    `'-2+3`,
    `'@SUM(A1)`,
    '"Tea, ""green"""',
    `it's`,
    'Чай; зелёный',
    'plain',
    `'＝2+2`,
  ]
  expect(lines.slice(1)).toEqual(
    cells.map((cell, index) => {
      const onHand = index === 7 ? 4 : 0
      return `${items[index]!.id},S-${index},${cell},piece,,,${onHand},${onHand},10,,,${20 - onHand}`
    }),
  )
})

test('another separator and a byte order mark, where they are asked for', async () => {
  const options = { separator: ';', bom: true } as const
  const response = await server.operator.reports.lowStock.csv({ categoryId, sort: 'sku' }, options)
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  const bytes = Buffer.from(await response.arrayBuffer())
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const lines = bytes.toString().trimEnd().split('\r\n')
  expect(lines[0]).toBe(`\ufeff${header.replaceAll(',', ';')}`)
  expect(lines[7]).toContain('"Чай; зелёный"')
})

test('every report can be had, with dates in its input and more rows than are read at once', async () => {
  const { db, operator } = server
  await db.execute(
    "insert into products (sku, name, base_unit, reorder_point) select 'many-' || n, 'many', 'piece', 1 from generate_series(1, 2500) n",
  )
  const period = {
    from: new Date('2020-01-01T00:00:00Z'),
    before: new Date('2100-01-01T00:00:00Z'),
  }
  const files = await Promise.all([
    textOf(operator.reports.lowStock.csv({ limit: 3 })),
    textOf(operator.reports.abc.csv(period)),
    textOf(operator.reports.movementSummary.csv({ ...period, by: 'month' })),
    textOf(operator.reports.stockByCategory.csv({})),
    textOf(operator.reports.slowMovers.csv({ days: 1 })),
    textOf(operator.reports.expiringLots.csv({})),
  ])
  const rows = files.map((text) => text.trimEnd().split('\r\n').length - 1)
  expect(rows).toEqual([2_510, 2_510, 1, 1, 1, 0])
  const skus = files[0]!.match(/many-\d+/g)
  expect(new Set(skus).size).toBe(2_500)
})

test('what is wrong is told before the file begins, as other calls tell it', async () => {
  const { operator } = server
  await expect(
    operator.reports.movementSummary.csv({ by: 'day', timeZone: 'Nowhere' } as never),
  ).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    path: 'reports.movementSummary',
    fieldErrors: { timeZone: ['is no time zone'] },
  })
  const nobody = createStockbookClient({ url: server.url })
  await expect(nobody.reports.lowStock.csv({})).rejects.toMatchObject({ code: 'SIGN_IN_REQUIRED' })
  const answers = await Promise.all(
    ['/reports/lowStock.csv', '/reports/nothing.csv', '/reports/applyAbc.csv'].map((path) =>
      fetch(`${server.url}${path}`),
    ),
  )
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401])
})

test('a file can be asked for by its address alone', async () => {
  const { key } = await server.admin.apiKeys.create.mutate({ name: 'a sheet', role: 'operator' })
  const headers = { authorization: `ApiKey ${key}` }
  const ask = (path: string) => fetch(`${server.url}/reports/${path}`, { headers })
  const answer = await ask(`slowMovers.csv?days=1&separator=;&categoryId=${categoryId}`)
  expect(await answer.text()).toMatch(/^productId;sku;/)
  const refusals = await Promise.all(
    [
      'nothing.csv',
      'applyAbc.csv',
      'slowMovers.csv?days=0',
      'slowMovers.csv?input={',
      'abc.csv?from=x&before=y',
    ].map(ask),
  )
  expect(refusals.map(({ status }) => status)).toEqual([404, 404, 400, 400, 400])
  for (const refusal of refusals) expect(await refusal.json()).toHaveProperty('error.code')
})
