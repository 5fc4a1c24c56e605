import { expect, test } from 'vitest'
import { startTestServer } from '../../src/testing/testServer.ts'
import { makeLocation, makeProduct, receive } from '../../src/testing/warehouse.ts'
import { count, linesOf, openCheck } from './counting.ts'

test('the report of a check tells to the digit how right the book was, over all and by location', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const warehouse = await makeLocation(admin, 'warehouse', null)
  const bin = async (code: string) =>
    (await admin.locations.create.mutate({ kind: 'bin', code, name: code, parentId: warehouse.id }))
      .id
  const [first, second, third] = [await bin('A'), await bin('B'), await bin('C')]
  const product = async (fields: { unitCost?: string; unitPrice?: string }) =>
    (await makeProduct(admin, fields)).id
  const costly = await product({ unitCost: '2.5', unitPrice: '9' })
  const cheap = await product({ unitCost: '0.0001' })
  const priced = await product({ unitPrice: '0.333' })
  const unknown = await product({})

  const goods = [
    { productId: costly, at: first, expected: 100, counted: 97 }, // -3, -7.5
    { productId: cheap, at: first, expected: 10, counted: 10 }, // exact
    { productId: unknown, at: first, expected: 5, counted: 6 }, // +1, of no known value
    { productId: costly, at: second, expected: 40, counted: 44 }, // +4, +10
    { productId: priced, at: second, expected: 7, counted: 0 }, // -7, -2.331
    { productId: cheap, at: second, expected: 90, counted: 91 }, // +1, +0.0001
    { productId: cheap, at: third, expected: 3, counted: null },
  ]
  for (const { productId, at, expected } of goods) await receive(operator, productId, at, expected)
  const { id } = await openCheck(server)
  for (const line of await linesOf(operator, id)) {
    const { counted } = goods.find(
      ({ productId, at }) => productId === line.productId && at === line.locationId,
    )!
    if (counted === null) continue
    await operator.checks.count.mutate({ lineId: line.id, quantity: counted })
  }
  await expect(admin.checks.report.query({ id })).rejects.toMatchObject({ code: 'WRONG_STATE' })
  await operator.checks.submit.mutate({ id, skipUncounted: true })

  const expected = {
    lines: 7,
    counted: 6,
    exact: 1,
    accuracyPercent: '16.6667',
    netUnits: -4,
    absoluteUnits: 16,
    netValue: '0.1691',
    absoluteValue: '19.8311',
    counters: [{ userId: (await operator.auth.me.query()).id, name: 'olga' }],
    locations: [
      {
        locationId: first,
        locationCode: 'A',
        lines: 3,
        counted: 3,
        exact: 1,
        accuracyPercent: '33.3333',
        netUnits: -2,
        absoluteUnits: 4,
        netValue: '-7.5',
        absoluteValue: '7.5',
      },
      {
        locationId: second,
        locationCode: 'B',
        lines: 3,
        counted: 3,
        exact: 0,
        accuracyPercent: '0',
        netUnits: -2,
        absoluteUnits: 12,
        netValue: '7.6691',
        absoluteValue: '12.3311',
      },
      {
        locationId: third,
        locationCode: 'C',
        lines: 1,
        counted: 0,
        exact: 0,
        accuracyPercent: null,
        netUnits: 0,
        absoluteUnits: 0,
        netValue: '0',
        absoluteValue: '0',
      },
    ],
  }
  expect(await admin.checks.report.query({ id })).toEqual(expected)

  // Goods that move afterwards change nothing of it, …
  await operator.movements.post.mutate({
    lines: [{ type: 'outgoing', productId: costly, fromLocationId: first, quantity: 20 }],
  })
  expect(await admin.checks.report.query({ id })).toEqual(expected)
  await admin.checks.approve.mutate({ id })
  expect(await admin.checks.report.query({ id })).toEqual(expected)
  // … and once it is posted, neither does what is learned of late, or another price.
  await operator.movements.post.mutate({
    occurredAt: new Date(Date.now() - 60_000),
    lines: [{ type: 'incoming', productId: priced, toLocationId: second, quantity: 2 }],
  })
  await admin.products.update.mutate({ id: costly, unitCost: '100' })
  expect(await admin.checks.report.query({ id })).toEqual(expected)
})

test('until a check is posted, its report knows what is learned late of the time before the count', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const warehouse = await makeLocation(admin, 'warehouse', null)
  const { id: bin } = await makeLocation(admin, 'bin', warehouse.id)
  const { id: productId } = await makeProduct(admin, { unitCost: '3' })
  const past = new Date(Date.now() - 3_600_000)
  await receive(operator, productId, bin, 10, past)
  const { id } = await openCheck(server)
  const [line] = await linesOf(operator, id)
  await operator.checks.count.mutate({ lineId: line!.id, quantity: 8 })
  await operator.checks.submit.mutate({ id })
  expect(await admin.checks.report.query({ id })).toMatchObject({ netUnits: -2, netValue: '-6' })
  await operator.movements.post.mutate({
    occurredAt: new Date(Date.now() - 1_800_000),
    lines: [{ type: 'outgoing', productId, fromLocationId: bin, quantity: 2 }],
  })
  expect(await admin.checks.report.query({ id })).toMatchObject({
    exact: 1,
    accuracyPercent: '100',
    netUnits: 0,
    netValue: '0',
  })
})

test('the report names whoever counted any line, also what was exact or counted again, and each may not approve', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const erika = await server.signInAs('erika', 'admin')
  const zoe = await server.signInAs('zoe', 'operator')
  await server.signInAs('nobody', 'operator')
  const warehouse = await makeLocation(admin, 'warehouse', null)
  const { id: bin } = await makeLocation(admin, 'bin', warehouse.id)
  const made = [await makeProduct(admin), await makeProduct(admin)] as const
  for (const { id } of made) await receive(operator, id, bin, 10)
  const { id } = await openCheck(server)
  await count(erika, id, made[0].id, 10)
  await count(zoe, id, made[1].id, 9)
  await count(operator, id, made[1].id, 8)
  await operator.checks.submit.mutate({ id })

  const { counters } = await admin.checks.report.query({ id })
  expect(counters.map(({ name }) => name)).toEqual(['erika', 'olga', 'zoe'])
  const asAdmin = await erika.as('admin')
  await expect(asAdmin.checks.approve.mutate({ id })).rejects.toMatchObject({
    code: 'SEPARATION_OF_DUTIES',
  })
  await admin.checks.approve.mutate({ id })
})
