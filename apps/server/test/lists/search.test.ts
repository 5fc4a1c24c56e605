import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../src/testing/testServer.ts'

let server: TestServer

const names = {
  'A-1': 'Green tea, 50%',
  A_2: 'Green\\black tea',
  'B%3': 'Чай зелёный листовой',
  'B\\4': 'Чёрный чай',
  'C-5': "O'Neill (strong) [x] $1",
}

beforeAll(async () => {
  server = await startTestServer()
  for (const [code, name] of Object.entries(names)) {
    await server.admin.products.create.mutate({ sku: code, name, baseUnit: 'gram' })
    await server.admin.partners.create.mutate({ kind: 'supplier', code, name })
    await server.admin.locations.create.mutate({ kind: 'warehouse', code, name })
  }
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

test.each([
  ['tea', ['A-1', 'A_2']],
  ['TEA green', ['A-1', 'A_2']],
  ['  green   50% ', ['A-1']],
  ['tea black', ['A_2']],
  ['tea чай', []],
  ['a-', ['A-1']],
  ['50', ['A-1']],
  ['%', ['A-1', 'B%3']],
  ['_', ['A_2']],
  ['\\', ['A_2', 'B\\4']],
  ['чай', ['B%3', 'B\\4']],
  ['ЧАЙ', ['B%3', 'B\\4']],
  ['чёрный', ['B\\4']],
  ['листов зелён', ['B%3']],
  ["o'neill", ['C-5']],
  ['(strong)', ['C-5']],
  ['[x]', ['C-5']],
  ['$1', ['C-5']],
  ['C-5 strong', ['C-5']],
  ['.*', []],
  ['nothing', []],
])(
  '"%s" finds every row that has all its words, in name or code, in any case',
  async (search, found) => {
    const input = { search, limit: 200 }
    const { products, partners, locations } = server.operator
    const inProducts = (await products.list.query(input)).items.map(({ sku }) => sku)
    const inPartners = (await partners.list.query(input)).items.map(({ code }) => code)
    const inLocations = (await locations.list.query(input)).items.map(({ code }) => code)
    const expected = [...found].sort()
    expect(inProducts.sort()).toEqual(expected)
    expect(inPartners.sort()).toEqual(expected)
    expect(inLocations.sort()).toEqual(expected)
  },
)

test('stock is searched by the product’s name and SKU', async () => {
  const { items } = await server.operator.products.list.query({ search: 'чай' })
  const { id: parentId } = await server.admin.locations.create.mutate({
    kind: 'warehouse',
    code: 'W',
    name: 'W',
  })
  const bin = await server.admin.locations.create.mutate({
    kind: 'bin',
    code: 'W-1',
    name: 'W-1',
    parentId,
  })
  await server.operator.movements.post.mutate({
    lines: items.map(({ id }) => ({
      type: 'incoming',
      productId: id,
      toLocationId: bin.id,
      quantity: 1,
    })),
  })
  const skusFor = async (search: string) =>
    (await server.operator.stock.levels.query({ search })).items.map(({ sku }) => sku)
  expect(await skusFor('чай')).toEqual(['B%3', 'B\\4'])
  expect(await skusFor('b% листовой')).toEqual(['B%3'])
  expect(await skusFor('tea')).toEqual([])
})
