import { inventoryChecks } from '@stockbook/db'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../src/testing/testServer.ts'
import {
  makeBins,
  makeLocation,
  makeLot,
  makeProduct,
  onHand,
  receive,
} from '../../src/testing/warehouse.ts'
import { receiveLot } from '../reservations/calls.ts'
import { count, linesOf, openCheck } from './counting.ts'

type Scope = Parameters<TestServer['admin']['checks']['open']['mutate']>[0]['scope']

let server: TestServer
/** Ids by the names that the tests give things. */
const ids: Record<string, string> = {}

beforeAll(async () => {
  server = await startTestServer()
  const { admin, operator } = server
  for (const warehouse of ['north', 'south']) {
    ids[warehouse] = (await makeLocation(admin, 'warehouse', null)).id
    for (const zone of ['cold', 'dry']) {
      const name = `${warehouse} ${zone}`
      ids[name] = (await makeLocation(admin, 'zone', ids[warehouse]!)).id
      for (const bin of ['1', '2']) {
        ids[`${name} ${bin}`] = (await makeLocation(admin, 'bin', ids[name]!)).id
      }
    }
  }
  const category = async (name: string, parentId: string | null) => {
    ids[name] = (await admin.categories.create.mutate({ name, parentId })).id
  }
  await category('drinks', null)
  await category('juice', ids.drinks!)
  await category('tools', null)
  const product = async (name: string, fields: Parameters<typeof makeProduct>[1]) => {
    ids[name] = (await makeProduct(admin, fields)).id
  }
  await product('apple', { categoryId: ids.juice!, abcClass: 'A' })
  await product('water', { categoryId: ids.drinks!, abcClass: 'B' })
  await product('hammer', { categoryId: ids.tools!, abcClass: 'C' })
  await product('nail', {})
  await product('milk', { tracking: 'lot', abcClass: 'A' })
  await receive(operator, ids.apple!, ids['north cold 1']!, 10)
  await receive(operator, ids.apple!, ids['south dry 2']!, 10)
  await receive(operator, ids.water!, ids['north dry 1']!, 10)
  await receive(operator, ids.hammer!, ids['north dry 2']!, 10)
  await receive(operator, ids.nail!, ids['south dry 1']!, 10)
  for (const place of ['north cold 2', 'south cold 1']) {
    await receiveLot(operator, await makeLot(operator, ids.milk!), ids[place]!, 10)
  }
  await receiveLot(operator, await makeLot(operator, ids.milk!), ids['north cold 2']!, 5)
  await operator.movements.post.mutate({
    lines: [
      { type: 'incoming', productId: ids.water!, toLocationId: ids['south cold 2']!, quantity: 3 },
      {
        type: 'outgoing',
        productId: ids.water!,
        fromLocationId: ids['south cold 2']!,
        quantity: 3,
      },
    ],
  })
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

const nameOf = (id: string) => Object.keys(ids).find((name) => ids[name] === id)!

/** What there is to count in a check of this scope. */
async function linesIn(scope: Scope, includeZero = false) {
  const { id, lines, toCount } = await openCheck(server, { scope, includeZero })
  const found = await linesOf(server.operator, id)
  expect({ lines, toCount }).toEqual({ lines: found.length, toCount: found.length })
  return found
    .map(({ productId, locationId }) => `${nameOf(productId)} at ${nameOf(locationId)}`)
    .toSorted()
}

const all = [
  'apple at north cold 1',
  'apple at south dry 2',
  'hammer at north dry 2',
  'milk at north cold 2',
  'milk at north cold 2',
  'milk at south cold 1',
  'nail at south dry 1',
  'water at north dry 1',
]

const named = (...names: string[]) => names.map((name) => ids[name]!)

describe('a check holds the levels that its scope names, and no others:', () => {
  test('an empty scope names everything that is on hand, each lot by itself', async () => {
    expect(await linesIn({})).toEqual(all)
  })

  test('with what has come to zero when it is asked for', async () => {
    expect(await linesIn({}, true)).toEqual([...all, 'water at south cold 2'].toSorted())
  })

  test('a warehouse or zone with all that lies in it, a bin by itself, several together', async () => {
    expect(await linesIn({ locationIds: named('north') })).toEqual(
      all.filter((line) => line.includes('at north')),
    )
    expect(await linesIn({ locationIds: named('north cold') })).toEqual([
      'apple at north cold 1',
      'milk at north cold 2',
      'milk at north cold 2',
    ])
    expect(
      await linesIn({ locationIds: named('south dry 2', 'north dry', 'north dry 1') }),
    ).toEqual(['apple at south dry 2', 'hammer at north dry 2', 'water at north dry 1'])
  })

  test('a category with those below it', async () => {
    expect(await linesIn({ categoryIds: named('drinks') })).toEqual([
      'apple at north cold 1',
      'apple at south dry 2',
      'water at north dry 1',
    ])
    expect(await linesIn({ categoryIds: named('juice', 'tools') })).toEqual([
      'apple at north cold 1',
      'apple at south dry 2',
      'hammer at north dry 2',
    ])
  })

  test('products, and classes; who has no class is in none', async () => {
    expect(await linesIn({ productIds: named('nail', 'milk') })).toEqual([
      'milk at north cold 2',
      'milk at north cold 2',
      'milk at south cold 1',
      'nail at south dry 1',
    ])
    expect(await linesIn({ abcClasses: ['B', 'C'] })).toEqual([
      'hammer at north dry 2',
      'water at north dry 1',
    ])
    expect(await linesIn({ abcClasses: ['A', 'B', 'C'] })).toEqual(
      all.filter((line) => !line.startsWith('nail')),
    )
  })

  test('of several restrictions each holds', async () => {
    const scope = { locationIds: named('north'), categoryIds: named('drinks') }
    expect(await linesIn(scope)).toEqual(['apple at north cold 1', 'water at north dry 1'])
    expect(await linesIn({ ...scope, abcClasses: ['A'] })).toEqual(['apple at north cold 1'])
    expect(await linesIn({ ...scope, abcClasses: ['B'], productIds: named('water') })).toEqual([
      'water at north dry 1',
    ])
  })
})

describe('a check is not opened', () => {
  const open = (scope: Scope) => openCheck(server, { scope })

  test.each(['locationIds', 'categoryIds', 'productIds'] as const)(
    'over what does not exist: %s',
    async (field) => {
      const nobody = '01980000-0000-7000-8000-000000000000'
      const known = { locationIds: 'north', categoryIds: 'drinks', productIds: 'nail' }[field]
      const before = await server.db.$count(inventoryChecks)
      await expect(open({ [field]: [ids[known]!, nobody] })).rejects.toMatchObject({
        code: 'REFERENCE_NOT_FOUND',
        detail: { field, value: nobody },
      })
      expect(await server.db.$count(inventoryChecks)).toBe(before)
    },
  )

  test('over nothing, be it that nothing is on hand there or that a list of names is empty', async () => {
    const before = await server.db.$count(inventoryChecks)
    const [bin] = await makeBins(server.admin, 1)
    for (const scope of [
      { locationIds: [bin] },
      { locationIds: named('south'), categoryIds: named('tools') },
      { productIds: [] },
      { abcClasses: [] },
    ]) {
      await expect(open(scope)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    }
    expect(await server.db.$count(inventoryChecks)).toBe(before)
  })
})

test('what comes after the check was opened is not expected in it, but can be added as found', async () => {
  const { operator, admin } = server
  const [bin] = await makeBins(admin, 1)
  const { id: productId } = await makeProduct(admin)
  await receive(operator, productId, bin, 5)
  const { id } = await openCheck(server, { scope: { locationIds: [bin] } })
  const { id: late } = await makeProduct(admin)
  await receive(operator, late, bin, 7)
  expect(await linesOf(operator, id)).toHaveLength(1)
  await count(operator, id, productId, 5)
  const added = await operator.checks.addLine.mutate({
    checkId: id,
    productId: late,
    locationId: bin,
  })
  expect(added).toMatchObject({ isFound: true, status: 'to_count' })
  expect(await count(operator, id, late, 6)).toMatchObject({ expected: 7, variance: -1 })
  await operator.checks.submit.mutate({ id })
  await admin.checks.approve.mutate({ id })
  expect(await onHand(operator, late)).toBe(6)
})
