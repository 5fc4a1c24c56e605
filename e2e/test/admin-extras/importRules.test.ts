import type { StockbookClient } from '@stockbook/client'
import { listAll } from '@stockbook/client'
import { startTestServer } from '@stockbook/server/src/testing/testServer.ts'
import { guessMapping, mapRows } from '@stockbook/admin/src/import/fields.ts'
import { locationsImporter } from '@stockbook/admin/src/import/locations.ts'
import { openingStockImporter } from '@stockbook/admin/src/import/openingStock.ts'
import { partnersImporter } from '@stockbook/admin/src/import/partners.ts'
import type { Importer, ImportPlan } from '@stockbook/admin/src/import/plan.ts'
import { productsImporter } from '@stockbook/admin/src/import/products.ts'
import { readTable } from '@stockbook/admin/src/import/readTable.ts'
import { runImport } from '@stockbook/admin/src/import/runImport.ts'
import { expect, test } from 'vitest'

type Admin = StockbookClient<'admin'>

async function dryRun(
  importer: Importer,
  client: Admin,
  file: string,
  { existing = 'update', locale = 'en' }: { existing?: 'update' | 'skip'; locale?: string } = {},
): Promise<ImportPlan> {
  const table = await readTable(new Blob([file]))
  const rows = mapRows(table, guessMapping(table.headings, importer.fields))
  return importer.plan(client, rows, { existing, locale, signal: new AbortController().signal })
}

const run = (plan: ImportPlan) =>
  runImport(plan, { signal: new AbortController().signal, onProgress: () => {} })

async function importFile(...args: Parameters<typeof dryRun>): Promise<string[]> {
  const { results, endedBy } = await run(await dryRun(...args))
  expect(endedBy).toBeNull()
  return results.map(({ row, outcome, code }) =>
    [row.number, row.name, outcome, code].filter((part) => part !== null).join(' '),
  )
}

/** What a dry run says of each row: its action, then field and code of each issue. */
function said({ rows }: ImportPlan): string[] {
  return rows.map(({ number, action, issues }) =>
    [number, action, ...issues.map(({ field, code }) => `${field ?? 'row'}:${code}`)].join(' '),
  )
}

const productFile = `Артикул;Наименование;Ед. изм.;Цена;Упаковки;Штрихкод;Точка заказа;Категория
0012;Ёлка "Ель";шт;1 234,50;коробка=12; ;5;Сад/Деревья
0013;=1+1;шт;0,1;;4601234567893;;Деревья`

test('products from Excel in Russian: made once, unchanged the second time, changed the third', async () => {
  await using server = await startTestServer()
  const garden = await server.admin.categories.create.mutate({ name: 'Сад' })
  const trees = await server.admin.categories.create.mutate({
    name: 'Деревья',
    parentId: garden.id,
  })

  expect(await importFile(productsImporter, server.admin, productFile)).toEqual([
    '2 0012 created',
    '3 0013 created',
  ])
  const { product } = await server.admin.products.findByCode.query({ code: '4601234567893' })
  expect(product).toMatchObject({
    sku: '0013',
    name: '=1+1',
    unitPrice: '0.1000',
    categoryId: trees.id,
  })
  const first = (await server.admin.products.findByCode.query({ code: '0012' })).product
  expect(first).toMatchObject({ unitPrice: '1234.5000', reorderPoint: 5 })
  expect(first.packagings).toMatchObject([{ name: 'коробка', factor: 12 }])

  expect(await importFile(productsImporter, server.admin, productFile)).toEqual([
    '2 0012 unchanged',
    '3 0013 unchanged',
  ])
  const changed = productFile.replace('1 234,50', '1234,51')
  expect(await importFile(productsImporter, server.admin, changed, { existing: 'skip' })).toEqual([
    '2 0012 skipped',
    '3 0013 unchanged',
  ])
  expect(await importFile(productsImporter, server.admin, changed)).toEqual([
    '2 0012 updated',
    '3 0013 unchanged',
  ])
  const after = (await server.admin.products.findByCode.query({ code: '0012' })).product
  expect(after).toMatchObject({ unitPrice: '1234.5100', version: first.version + 1 })
})

test('one column alone changes what exists, and nothing besides', async () => {
  await using server = await startTestServer()
  const made = await server.admin.products.create.mutate({
    sku: 'A',
    name: 'Apple',
    baseUnit: 'piece',
    description: 'red',
    unitPrice: '1.00',
  })
  expect(await importFile(productsImporter, server.admin, 'sku,price\na,1.50\nB,2')).toEqual([
    '2 a updated',
    '3 B refused REQUIRED',
  ])
  const { updatedAt, version, unitPrice, ...rest } = await server.admin.products.get.query({
    id: made.id,
  })
  expect({ version, unitPrice }).toEqual({ version: made.version + 1, unitPrice: '1.5000' })
  expect(made).toMatchObject(rest)
  expect(updatedAt).not.toEqual(made.updatedAt)
})

test('the dry run names every fault by row and column, and writes nothing', async () => {
  await using server = await startTestServer()
  const other = await server.admin.products.create.mutate({
    sku: 'OLD',
    name: 'Old',
    baseUnit: 'piece',
    codes: [{ type: 'own', code: 'X-1' }],
  })
  await server.admin.products.archive.mutate({ id: other.id })
  const plan = await dryRun(
    productsImporter,
    server.admin,
    `sku,name,base unit,price,reorder point,category,supplier,barcode,packagings,tracking
GOOD,Good,piece,1.50,5,,,,,
good,Again,piece,,,,,,,
,No code,piece,,,,,,,
C,Price,piece,"1,234",,,,,,
D,Whole,piece,abc,1.5,,,,,
E,Names,piece,,,Nowhere,NOBODY,,,serial
F,Digit,piece,,,,,4601234567890,box,
G,Taken,piece,,,,,X-1,,
OLD,Old,piece,,,,,,,
H I,Space,piece,1.23456,,,,,,`,
  )
  expect(said(plan)).toEqual([
    '2 create',
    '3 refuse row:REPEATED_IN_FILE',
    '4 refuse sku:REQUIRED',
    '5 refuse unitPrice:ambiguousNumber',
    '6 refuse reorderPoint:notWhole unitPrice:notDecimal',
    '7 refuse tracking:notAChoice category:REFERENCE_NOT_FOUND supplier:REFERENCE_NOT_FOUND',
    '8 refuse packagings:notAPackaging codes:INVALID_INPUT',
    '9 refuse codes:CODE_TAKEN',
    '10 refuse row:ARCHIVED',
    '11 refuse sku:INVALID_INPUT unitPrice:INVALID_INPUT',
  ])
  const { items } = await server.admin.products.list.query({ archived: 'all' })
  expect(items.map(({ sku }) => sku)).toEqual(['OLD'])
})

test("the contract's own rules are told in Russian too", async () => {
  await using server = await startTestServer()
  const plan = await dryRun(
    productsImporter,
    server.admin,
    `sku;name;base unit;barcode\nA;${'x'.repeat(301)};шт;4601234567890`,
    { locale: 'ru' },
  )
  const messages = plan.rows[0]?.issues.map(({ message }) => message)
  expect(messages).toEqual(['не длиннее 300 знаков', 'контрольная цифра неверна'])
})

test('what the server refuses stays with its row, and the rest goes on', async () => {
  await using server = await startTestServer()
  const plan = await dryRun(
    partnersImporter,
    server.admin,
    'kind,code,name\nsupplier,S1,One\nпокупатель,S1,Other\nsupplier,S2,Two',
  )
  await server.admin.partners.create.mutate({ kind: 'supplier', code: 'S1', name: 'Meanwhile' })
  const { results, endedBy } = await run(plan)
  expect(endedBy).toBeNull()
  expect(results.map(({ outcome, code }) => [outcome, code])).toEqual([
    ['refused', 'ALREADY_EXISTS'],
    ['created', null],
    ['created', null],
  ])
})

test('somebody else changed a row since the dry run: it is refused and not overwritten', async () => {
  await using server = await startTestServer()
  const { id } = await server.admin.partners.create.mutate({
    kind: 'supplier',
    code: 'S1',
    name: 'One',
  })
  const plan = await dryRun(partnersImporter, server.admin, 'kind,code,name\nsupplier,S1,File')
  await server.admin.partners.update.mutate({ id, name: 'Theirs' })
  const { results } = await run(plan)
  expect(results.map(({ outcome, code }) => [outcome, code])).toEqual([
    ['refused', 'CHANGED_MEANWHILE'],
  ])
  expect((await server.admin.partners.get.query({ id })).name).toBe('Theirs')
})

test('places are made parents first whatever the order of the rows', async () => {
  await using server = await startTestServer()
  const file = `код;название;вид;где
B-1;Bin one;ячейка;Z-1
Z-1;Zone one;зона;W
W;Main;склад;`
  expect(await importFile(locationsImporter, server.admin, file)).toEqual([
    '2 B-1 created',
    '3 Z-1 created',
    '4 W created',
  ])
  const { items } = await server.admin.locations.list.query({})
  const [bin, warehouse, zone] = items
  expect([bin?.parentId, zone?.parentId, warehouse?.parentId]).toEqual([
    zone?.id,
    warehouse?.id,
    null,
  ])
  expect(await importFile(locationsImporter, server.admin, file)).toEqual([
    '2 B-1 unchanged',
    '3 Z-1 unchanged',
    '4 W unchanged',
  ])
})

test('places in a circle, in bins, in nothing, or in a refused place are refused', async () => {
  await using server = await startTestServer()
  const plan = await dryRun(
    locationsImporter,
    server.admin,
    `code,name,kind,parent
A,A,zone,B
B,B,zone,A
W,W,warehouse,
BIN,Bin,bin,W
C,C,bin,BIN
D,D,zone,NOWHERE
E,E,bin,D
F,F,bin,`,
  )
  expect(said(plan)).toEqual([
    '2 refuse parent:PARENTS_IN_CIRCLE',
    '3 refuse parent:PARENTS_IN_CIRCLE',
    '4 create',
    '5 create',
    '6 refuse parent:PARENT_IS_BIN',
    '7 refuse parent:REFERENCE_NOT_FOUND',
    '8 refuse parent:PARENT_REFUSED',
    '9 refuse parent:INVALID_INPUT',
  ])
  const { endedBy } = await run(plan)
  expect(endedBy).toBeNull()
  const { items } = await server.admin.locations.list.query({})
  expect(items.map(({ code }) => code)).toEqual(['BIN', 'W'])
})

const stockFile = `sku,location,quantity,packaging,lot,expires
BOLT,bin-1,"1 200",,,
BOLT,BIN-2,2.5,case,,
MILK,BIN-1,10,,L-1,31.12.2026
MILK,BIN-2,5,,L-1,`

async function stockedServer() {
  const server = await startTestServer()
  const { admin } = server
  await admin.products.create.mutate({
    sku: 'BOLT',
    name: 'Bolt',
    baseUnit: 'piece',
    packagings: [{ name: 'case', factor: 100 }],
  })
  await admin.products.create.mutate({
    sku: 'MILK',
    name: 'Milk',
    baseUnit: 'litre',
    tracking: 'lot',
  })
  const { id } = await admin.locations.create.mutate({ kind: 'warehouse', code: 'W', name: 'W' })
  for (const code of ['BIN-1', 'BIN-2']) {
    await admin.locations.create.mutate({ kind: 'bin', code, name: code, parentId: id })
  }
  return server
}

async function levels(admin: Admin): Promise<string[]> {
  const found: string[] = []
  for await (const level of listAll(admin.stock.levels, {})) {
    const { sku, locationCode, lotCode, expiresOn, onHand } = level
    found.push(
      [sku, locationCode, lotCode, expiresOn, onHand].filter((part) => part !== null).join(' '),
    )
  }
  return found.toSorted()
}

const opened = [
  'BOLT BIN-1 1200',
  'BOLT BIN-2 250',
  'MILK BIN-1 L-1 2026-12-31 10',
  'MILK BIN-2 L-1 2026-12-31 5',
]

test('opening stock is posted once, however often the file comes and how it is saved', async () => {
  await using server = await stockedServer()
  const { admin } = server
  const posted = await importFile(openingStockImporter, admin, stockFile)
  expect(posted.map((line) => line.split(' ').at(-1))).toEqual(Array(4).fill('posted'))
  expect(await levels(admin)).toEqual(opened)

  const plan = await dryRun(openingStockImporter, admin, stockFile)
  expect(said(plan)).toEqual(['2 unchanged', '3 unchanged', '4 unchanged', '5 unchanged'])
  const tabs = stockFile.replaceAll('"', '').replaceAll(',', '\t')
  expect(said(await dryRun(openingStockImporter, admin, tabs))[0]).toBe('2 unchanged')
  expect(await levels(admin)).toEqual(opened)
})

test('two dry runs at once, both run: the stock is posted once', async () => {
  await using server = await stockedServer()
  const { admin } = server
  const one = await dryRun(openingStockImporter, admin, stockFile)
  const other = await dryRun(openingStockImporter, admin, stockFile)
  await run(one)
  const { results } = await run(other)
  expect(results.map(({ outcome }) => outcome)).toEqual(Array(4).fill('unchanged'))
  expect(await levels(admin)).toEqual(opened)
})

test('an edited file does not count twice what lies there already', async () => {
  await using server = await stockedServer()
  const { admin } = server
  await importFile(openingStockImporter, admin, stockFile)
  const edited = stockFile.replace('MILK,BIN-2,5', 'MILK,BIN-2,6')
  const plan = await dryRun(openingStockImporter, admin, edited)
  expect(said(plan)).toEqual([2, 3, 4, 5].map((row) => `${row} refuse row:STOCK_THERE`))
  await run(plan)
  expect(await levels(admin)).toEqual(opened)
})

test('a fault holds back its whole part of the opening stock: nothing of it is posted', async () => {
  await using server = await stockedServer()
  const { admin } = server
  const plan = await dryRun(
    openingStockImporter,
    admin,
    `sku,location,quantity,packaging,lot,expires
BOLT,BIN-1,1,,,
BOLT,W,1,,,
BOLT,BIN-2,1.5,,,
BOLT,bin-1,7,,,
MILK,BIN-1,1,,,
BOLT,BIN-2,1,,L-9,
NONE,BIN-2,1,pallet,,
BOLT,BIN-2,0,case,,`,
  )
  expect(said(plan)).toEqual([
    '2 held',
    '3 refuse location:LOCATION_HOLDS_NO_STOCK',
    '4 refuse quantity:QUANTITY_NOT_WHOLE',
    '5 refuse row:REPEATED_IN_FILE',
    '6 refuse lot:LOT_REQUIRED',
    '7 refuse lot:LOT_NOT_ALLOWED',
    '8 refuse sku:REFERENCE_NOT_FOUND',
    expect.stringMatching(/^9 refuse /),
  ])
  await run(plan)
  expect(await levels(admin)).toEqual([])
})

test('a large file is posted in parts of a thousand, each by itself', async () => {
  await using server = await stockedServer()
  const { admin } = server
  const { items } = await admin.locations.list.query({ kind: 'warehouse' })
  const parent = items[0]?.code
  const bins = Array.from({ length: 1001 }, (_, index) => `N-${index}`)
  await importFile(
    locationsImporter,
    admin,
    ['code,name,kind,parent', ...bins.map((bin) => `${bin},${bin},bin,${parent}`)].join('\n'),
  )
  const rows = bins.map((bin) => `BOLT,${bin},1`)
  const broken = ['sku,location,quantity', ...rows.slice(0, 1000), 'BOLT,NOWHERE,1'].join('\n')
  const first = await run(await dryRun(openingStockImporter, admin, broken))
  expect(first.results.filter(({ outcome }) => outcome === 'posted')).toHaveLength(1000)
  expect(first.results.at(-1)).toMatchObject({ outcome: 'refused', code: 'REFERENCE_NOT_FOUND' })
})

test('a run that is cancelled says of each row whether it was done', async () => {
  await using server = await startTestServer()
  const plan = await dryRun(
    locationsImporter,
    server.admin,
    'code,name,kind\nA,A,warehouse\nB,B,warehouse\nC,C,warehouse',
  )
  const controller = new AbortController()
  const { results, endedBy } = await runImport(plan, {
    signal: controller.signal,
    onProgress: (rows) => {
      if (rows === 2) controller.abort()
    },
  })
  expect(endedBy).toBe('CANCELLED')
  expect(results.map(({ outcome }) => outcome)).toEqual(['created', 'created', 'notRun'])
  const { items } = await server.admin.locations.list.query({})
  expect(items.map(({ code }) => code)).toEqual(['A', 'B'])
})

test('a session that ends during the run ends it, and the rows behind it are not lost', async () => {
  await using server = await startTestServer()
  const client = await (await server.signInAs('ina', 'admin')).as('admin')
  const { items } = await server.admin.users.list.query({ search: 'ina' })
  const plan = await dryRun(
    locationsImporter,
    client,
    'code,name,kind\nA,A,warehouse\nB,B,warehouse\nC,C,warehouse',
  )
  const disableInBetween = plan.steps.map((step, index) => ({
    ...step,
    run: async () => {
      if (index === 1) await server.admin.users.disable.mutate({ id: items[0]?.id ?? '' })
      return step.run()
    },
  }))
  const { results, endedBy } = await run({ ...plan, steps: disableInBetween })
  expect(endedBy).toBe('SIGN_IN_FAILED')
  expect(results.map(({ outcome }) => outcome)).toEqual(['created', 'failed', 'notRun'])
})

test('a maximum stock below the minimum is told before anything is written', async () => {
  await using server = await startTestServer()
  const file = `sku,name,base unit,minimum stock,maximum stock
A-1,One,piece,5,4
A-2,Two,piece,5,5`
  const plan = await dryRun(productsImporter, server.admin, file)
  expect(said(plan)).toEqual(['2 refuse maximumStock:INVALID_INPUT', '3 create'])
})
