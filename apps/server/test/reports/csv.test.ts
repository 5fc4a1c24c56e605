import { createStockbookClient } from '@stockbook/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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

describe('the parameters of an address', () => {
  let headers: Record<string, string>
  beforeAll(async () => {
    const { key } = await server.admin.apiKeys.create.mutate({ name: 'a form', role: 'operator' })
    headers = { authorization: `ApiKey ${key}` }
  })
  const ask = (path: string) => fetch(`${server.url}/reports/${path}`, { headers })
  async function issuesOf(path: string) {
    const answer = await ask(path)
    const { error } = (await answer.json()) as {
      error: { code: string; detail: { issues: { path: string[]; message: string }[] } }
    }
    expect([answer.status, error.code]).toEqual([400, 'INVALID_INPUT'])
    return error.detail.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  }
  const moment =
    'a day as 2026-01-31, which begins at midnight UTC, or a moment as 2026-01-31T14:00:00Z'

  test.each([
    [
      'movementSummary.csv?from=garbage&before=&by=year',
      `from: give ${moment}`,
      `before: is empty: give ${moment}`,
      'by: give one of day week month',
    ],
    ['abc.csv', `from: is missing: give ${moment}`, `before: is missing: give ${moment}`],
    [
      'abc.csv?from=2026-02-30&before=2026-03-01T00:00',
      `from: give ${moment}`,
      `before: give ${moment}`,
    ],
    ['slowMovers.csv?days=many', 'days: give a number'],
    ['slowMovers.csv?days=1.5', 'days: give a whole number'],
    ['slowMovers.csv?days=', 'days: is empty: give a number, or leave it out'],
    ['slowMovers.csv?days=0', 'days: Too small: expected number to be >=1'],
    ['lowStock.csv?categoryId=7', 'categoryId: give the id of a row, a UUID'],
    ['lowStock.csv?where=garbage', 'where: give a JSON object'],
    ['lowStock.csv?sort=sku&sort=urgency', 'sort: is given more than once'],
    [
      'lowStock.csv?separator=%7C&bom=perhaps',
      'separator: give one of , ;',
      'bom: give true or false',
    ],
    [
      'slowMovers.csv?dasy=3',
      'dasy: is no parameter of this report: there are sort, direction, locationId, categoryId, days, where, separator, bom, input',
    ],
    [
      'slowMovers.csv?input={}&days=3',
      'days: stands beside `input`, which is the whole input: leave out one of the two',
    ],
    ['slowMovers.csv?input=[1', 'input: is no JSON object'],
    ['slowMovers.csv?input=[]', 'input: is no JSON object'],
    ['expiringLots.csv?until=2026-02-30', 'until: give a day as 2026-01-31'],
    [
      'slowMovers.csv?where={"lastOutgoingAt":{"atLeast":"2026-02-30"}}',
      `where.lastOutgoingAt.atLeast: give ${moment}`,
    ],
  ])('%s is refused, and each is told what to give', async (path, ...told) => {
    expect(await issuesOf(path)).toEqual(told)
  })

  test.each(['toString', '__proto__', 'hasOwnProperty'])(
    '%s is none, as nothing is that a report does not have',
    async (name) => {
      expect(await issuesOf(`slowMovers.csv?${name}=1`)).toEqual([
        expect.stringMatching(new RegExp(`^${name}: is no parameter of this report`)),
      ])
    },
  )

  test('say a day wherever a moment may stand', async () => {
    const said = async (day: string) => {
      const where = { lastOutgoingAt: { atLeast: day } }
      const period = { from: day, before: '2100-01-01T00:00:00Z' }
      const answers = await Promise.all(
        [
          `slowMovers.csv?days=1&where=${JSON.stringify(where)}`,
          `slowMovers.csv?input=${JSON.stringify({ days: 1, where })}`,
          `abc.csv?input=${JSON.stringify(period)}`,
        ].map(ask),
      )
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
      return Promise.all(answers.map((answer) => answer.text()))
    }
    expect(await said('2000-01-01')).toEqual(await said('2000-01-01T00:00:00Z'))
  })

  test('say days, moments and conditions', async () => {
    const where = encodeURIComponent('{"idleDays":{"atLeast":0}}')
    const answers = await Promise.all(
      [
        'abc.csv?from=2020-01-01&before=2100-01-01',
        'abc.csv?from=2020-01-01T03:00:00%2B03:00&before=2100-01-01T00:00:00.000Z',
        `slowMovers.csv?days=1&where=${where}&bom=true&limit=1&cursor=x`,
      ].map(ask),
    )
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(await answers[0]!.text()).toBe(await answers[1]!.text())
  })
})

test('moments inside the conditions of a report reach it from the client', async () => {
  const { operator } = server
  const idleSince = (atLeast: Date) =>
    textOf(operator.reports.slowMovers.csv({ days: 1, where: { lastOutgoingAt: { atLeast } } }))
  expect((await idleSince(new Date('2000-01-01T00:00:00Z'))).trimEnd().split('\r\n')).toHaveLength(
    1,
  )
  await expect(idleSince('long ago' as never)).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    path: 'reports.slowMovers',
    fieldErrors: { 'where.lastOutgoingAt.atLeast': [expect.stringContaining('2026-01-31')] },
  })
})
